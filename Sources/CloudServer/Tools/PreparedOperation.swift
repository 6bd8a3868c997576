package import JSONRPC

/// An operation that was previewed and waits for consent (approvals.md §2).
package struct PreparedOperation: Sendable {
    /// The `action` member, such as `stop` or `update_pipeline`.
    package var action: String
    /// The preview's own members in order; those of approvals.md §2 are added, an `action` among them is not needed.
    package var members: JSONObject
    /// What the user should know before deciding.
    package var warnings: [String]
    /// What the operation touches.
    package var targets: [ConsentTarget]
    /// All that the execution needs; nothing of the confirming call can change it.
    package var content: JSONObject
    /// How to look when the outcome of the execution is unknown; one sentence.
    package var outcomeHint: String
    /// The first line of the question to the user, such as `Delete 2 servers`; nil: the action and the number of targets.
    package var headline: String?
    /// What is done beside naming the targets, line by line, for that question; nil: all of ``members``.
    package var details: [ConsentFact]?
    /// What cannot be undone, for that question; nil: nothing in particular.
    package var irreversible: String?

    /// An operation.
    package init(
        action: String,
        members: JSONObject,
        warnings: [String] = [],
        targets: [ConsentTarget],
        content: JSONObject,
        outcomeHint: String,
        headline: String? = nil,
        details: [ConsentFact]? = nil,
        irreversible: String? = nil
    ) {
        self.action = action
        self.members = members
        self.warnings = warnings
        self.targets = targets
        self.content = content
        self.outcomeHint = outcomeHint
        self.headline = headline
        self.details = details
        self.irreversible = irreversible
    }
}
