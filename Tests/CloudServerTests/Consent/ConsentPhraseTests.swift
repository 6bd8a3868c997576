import JSONRPC
import Testing

@testable import CloudServer

/// What the user types (consent.md §2).
@Suite struct ConsentPhraseTests {
    private func phrase(_ targets: [ConsentTarget], action: String = "delete") -> String {
        ConsentPhrase(PreparedOperation(action: action, members: [:], targets: targets, content: [:], outcomeHint: "")).text
    }

    @Test func forOneTargetItsExactName() {
        #expect(phrase([ConsentTarget(id: "i-1", name: "Web 1")]) == "Web 1")
        #expect(phrase([ConsentTarget(id: "i-1", name: "nightly")], action: "disable_pipeline") == "nightly")
        #expect(phrase([ConsentTarget(id: "i-1", name: "  web  ")]) == "web")
        #expect(phrase([ConsentTarget(id: "i-1", name: "两个 é")]) == "两个 é")
    }

    @Test func forSeveralTargetsTheActionAndTheCount() {
        let targets = (1...3).map { ConsentTarget(id: "i-\($0)", name: "web-\($0)") }
        #expect(phrase(targets) == "delete 3")
        #expect(phrase(Array(targets.prefix(2)), action: "stop") == "stop 2")
        #expect(phrase([]) == "delete 0")
    }

    @Test(arguments: [
        nil, "", " \t", "a\u{0}b", "line\nbreak", "zero\u{200B}width", "\u{202E}reversed", String(repeating: "x", count: 257),
    ])
    func aNameThatCannotBeTypedIsReplacedByTheId(name: String?) {
        #expect(phrase([ConsentTarget(id: "i-1", name: name)]) == "i-1")
    }

    @Test func whereNeitherCanBeTypedTheActionAndTheCount() { #expect(phrase([ConsentTarget(id: "\u{7}", name: nil)]) == "delete 1") }

    @Test(
        arguments: [
            ("web-1", true), ("  web-1\n", true), ("\u{A0}web-1", true), ("Web-1", false), ("web-1.", false), ("web", false), ("", false),
            (" ", false), (nil, false), ("web\u{2010}1", false),
        ] as [(String?, Bool)]
    )
    func theTextMustBeEqualAfterTrimming(typed: String?, matches: Bool) {
        #expect(ConsentPhrase(text: "web-1").matches(typed) == matches)
    }

    @Test func anEmptyFormNeverMatches() { #expect(!ConsentPhrase(text: "").matches("")) }
}
