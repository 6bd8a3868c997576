import JSONRPC
import Testing

@testable import CloudServer

/// By which a changed target is noticed (consent.md §2).
@Suite struct PreviewDigestTests {
    private let operation = PreparedOperation(
        action: "delete",
        members: ["ids": ["i-1"]],
        warnings: ["w"],
        targets: [ConsentTarget(id: "i-1", name: "web", facts: [ConsentFact("status", "ACTIVE")], losses: ["disk"])],
        content: ["ids": ["i-1"]],
        outcomeHint: "Look.",
        details: [ConsentFact("type", "SOFT")]
    )

    @Test func equalPreviewsHaveEqualDigests() {
        #expect(PreviewDigest(operation) == PreviewDigest(operation))
        #expect(PreviewDigest(operation).text.count == 64)
    }

    @Test func theOrderOfMembersDoesNotCount() {
        var one = operation
        var other = operation
        one.content = ["a": 1, "b": ["c": 1, "d": 2]]
        other.content = ["b": ["d": 2, "c": 1], "a": 1]
        #expect(PreviewDigest(one) == PreviewDigest(other))
    }

    @Test func whateverWasPreviewedCounts() {
        let target = operation.targets[0]
        var changed: [PreparedOperation] = []
        for change in [
            { $0.action = "stop" }, { $0.members["force"] = true }, { $0.warnings = [] }, { $0.content["ids"] = ["i-2"] },
            { $0.targets = [] }, { $0.targets = [ConsentTarget(id: "i-2", name: "web", facts: target.facts, losses: target.losses)] },
            { $0.targets = [ConsentTarget(id: "i-1", name: "web2", facts: target.facts, losses: target.losses)] },
            { $0.targets = [ConsentTarget(id: "i-1", name: nil, facts: target.facts, losses: target.losses)] },
            { $0.targets = [ConsentTarget(id: "i-1", name: "web", facts: [ConsentFact("status", "SHUTOFF")], losses: target.losses)] },
            { $0.targets = [ConsentTarget(id: "i-1", name: "web", facts: target.facts, losses: [])] },
            { $0.details = [ConsentFact("type", "HARD")] }, { $0.details = nil },
        ] as [(inout PreparedOperation) -> Void] {
            var copy = operation
            change(&copy)
            changed.append(copy)
        }
        let digests = changed.map { PreviewDigest($0).text }
        #expect(Set(digests + [PreviewDigest(operation).text]).count == changed.count + 1)
    }
}
