import ProcessSupport
import Testing

@testable import CloudServer

@Suite struct ErrorTextTests {
    private let text = ErrorText(redactor: Redactor(secrets: [Secret("s3cr3t-value")]))

    @Test(arguments: [
        ("plain", "plain"), ("  a  b ", "a b"), ("a\r\n\tb", "a b"), ("a\u{0}\u{1B}[31mb", "a [31mb"), ("a\u{202E}b\u{2028}c", "a b c"),
        ("", ""), ("\u{85}x\u{7F}", "x"), ("日本 é", "日本 é"),
    ])
    func isOneLineWithoutControlCharacters(raw: String, clean: String) {
        #expect(text.clean(raw) == clean)
    }

    @Test func hasAtMost1024CodePoints() {
        #expect(text.clean(String(repeating: "é", count: 1_024)).unicodeScalars.count == 1_024)
        let cut = text.clean(String(repeating: "é", count: 1_025))
        #expect(cut.unicodeScalars.count == 1_024)
        #expect(cut.hasSuffix("é…"))
    }

    @Test func containsNoConfiguredSecret() {
        #expect(text.clean("x s3cr3t-value y") == "x *** y")
    }

    @Test func aSecretAcrossTheCutLeavesNoPart() {
        let cleaned = text.clean(String(repeating: "a", count: 1_018) + " s3cr3t-value")
        #expect(!cleaned.contains("s3cr"))
    }
}
