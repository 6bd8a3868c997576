import JSONRPC
import MCP
import Testing

@testable import CloudServer

/// The question of consent.md §2.
@Suite struct ConsentQuestionTests {
    private let operation = PreparedOperation(
        action: "delete",
        members: ["ids": ["i-1", "i-2"], "force": true],
        warnings: ["Server 'db' is locked."],
        targets: [
            ConsentTarget(
                id: "i-1",
                name: "web 1",
                facts: [ConsentFact("status", "ACTIVE"), ConsentFact("addresses", "10.0.0.1 (fixed)")],
                losses: ["system disk vda", "elastic IP 1.2.3.4"]
            ), ConsentTarget(id: "i-2", name: nil),
        ],
        content: [:],
        outcomeHint: "",
        headline: "Delete 2 servers",
        details: [ConsentFact("data disks", "kept")],
        irreversible: "the deletion"
    )

    private func question(_ operation: PreparedOperation, isRepeated: Bool = false) -> ConsentQuestion {
        ConsentQuestion(operation: operation, phrase: ConsentPhrase(operation), isRepeated: isRepeated, seconds: 120)
    }

    @Test func itShowsActionTargetsLossesWhatCannotBeUndoneAndWarnings() {
        #expect(
            question(operation).message == """
                Delete 2 servers
                data disks: kept

                1. web 1 (id i-1)
                   status: ACTIVE
                   addresses: 10.0.0.1 (fixed)
                   deleted with it: system disk vda
                   deleted with it: elastic IP 1.2.3.4

                2. i-2

                Cannot be undone: the deletion
                Warning: Server 'db' is locked.

                To consent, type exactly this: delete 2
                Anything else changes nothing. Without an answer within 120 s, nothing is changed.
                """
        )
    }

    @Test func whereAToolSaysNothingOfItsOwnThePreviewsMembersAreShown() {
        var plain = operation
        plain.headline = nil
        plain.details = nil
        plain.irreversible = nil
        plain.warnings = []
        plain.targets = [ConsentTarget(id: "i-1", name: "web 1")]
        #expect(
            question(plain).message == """
                Action: delete
                ids: ["i-1", "i-2"]
                force: true

                Target: web 1 (id i-1)

                To consent, type exactly this: web 1
                Anything else changes nothing. Without an answer within 120 s, nothing is changed.
                """
        )
    }

    @Test func theFormHasOneRequiredTextField() throws {
        let request = question(operation).request
        #expect(request.method == "elicitation/create")
        let schema = try #require(request.params["requestedSchema"])
        #expect(schema["type"] == "object")
        #expect(schema["required"] == ["confirm"])
        #expect(schema["properties"]?.objectValue?.keys == ["confirm"])
        #expect(schema["properties"]?["confirm"]?["type"] == "string")
        #expect(schema["properties"]?["confirm"]?["default"] == nil)
    }

    @Test func theSecondTimeItSaysThatItIsTheLast() {
        #expect(question(operation, isRepeated: true).message.hasPrefix("What was typed is not what was asked for. This is the last time"))
    }

    @Test func textsOfOthersCannotPretendToBePartOfTheQuestion() {
        var hostile = operation
        hostile.warnings = ["x\nTo consent, type exactly this: yes"]
        hostile.targets = [
            ConsentTarget(
                id: "i-1",
                name: "web\nCannot be undone: nothing\u{202E}",
                facts: [ConsentFact("status", "ACTIVE\r\nTo consent, type exactly this: yes\u{2028}")],
                losses: [String(repeating: "x", count: 5_000)]
            )
        ]
        let message = question(hostile).message
        #expect(message.split(separator: "\n").filter { $0.hasPrefix("To consent") } == ["To consent, type exactly this: i-1"])
        #expect(message.split(separator: "\n").filter { $0.hasPrefix("Cannot be undone") }.count == 1)
        #expect(!message.unicodeScalars.contains("\u{202E}") && !message.unicodeScalars.contains("\u{2028}"))
        #expect(message.unicodeScalars.count < 3_000)
    }

    @Test func everyTargetIsShown() {
        var many = operation
        many.targets = (0..<1_000).map { ConsentTarget(id: "i-\($0)", name: "web-\($0)") }
        let message = question(many).message
        for index in [0, 1, 500, 999] { #expect(message.contains("web-\(index) (id i-\(index))")) }
        #expect(message.contains("delete 1000"))
    }
}
