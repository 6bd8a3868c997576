import HuaweiCloud
import ProcessSupport
import Testing

/// The texts of messages, huaweicloud-http.md §6.1.
@Suite struct MessageCleanerTests {
    @Test(arguments: [
        ("plain", "plain"), ("a\r\n\tb", "a b"), (" a \u{0}b\u{1F}", "a b"), ("a\u{85}b\u{9F}c\u{7F}", "a b c"), ("\n\n", ""), ("", ""),
        ("a\u{2028}b\u{202E}c", "a b c"), ("日本 語", "日本 語"), ("a \n b", "a  b"),
    ])
    func freesOfControlCharacters(text: String, expected: String) { #expect(MessageCleaner().clean(text) == expected) }

    @Test func cutsAt1024CodePoints() {
        #expect(MessageCleaner().clean(String(repeating: "é", count: 1024)).unicodeScalars.count == 1024)
        #expect(MessageCleaner().clean(String(repeating: "é", count: 5000)).unicodeScalars.count == 1024)
        #expect(MessageCleaner().clean(String(repeating: "e\u{301}", count: 1000)).unicodeScalars.count == 1024)
        #expect(MessageCleaner().clean(String(repeating: "a\n", count: 3000)).unicodeScalars.count <= 1024)
    }

    @Test func redactsConfiguredSecretsAndThoseOfTheCall() {
        let cleaner = MessageCleaner(redactor: Redactor(secrets: [Secret("configured-1")]), secrets: [Secret("of-the-call"), Secret("")])
        let text = cleaner.clean("token configured-1 and of-the-call")
        #expect(!text.contains("configured-1") && !text.contains("of-the-call"))
        #expect(text.contains("token"))
    }

    @Test func redactsBeforeItCuts() {
        let secret = "secret-" + String(repeating: "x", count: 64)
        let text = MessageCleaner(secrets: [Secret(secret)]).clean(String(repeating: "a", count: 1000) + " " + secret)
        #expect(!text.contains("secret-"))
    }

    @Test func aHugeTextIsNotSearchedWhole() {
        #expect(MessageCleaner(redactor: Redactor(secrets: [])).clean(String(repeating: "a ", count: 4 << 20)).unicodeScalars.count <= 1024)
    }
}
