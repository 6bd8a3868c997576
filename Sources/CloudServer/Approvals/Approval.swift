package import AuthCommon
package import JSONRPC

/// A previewed operation that waits for its confirmation (approvals.md §1).
package struct Approval: Sendable {
    /// Its name.
    package let id: ApprovalID
    /// To whom and to what it belongs.
    package let binding: ApprovalBinding
    /// The role that the original call needed.
    package let requiredRole: Role
    /// The call id of the original call, so that the log connects both.
    package let callID: String
    /// What will be done.
    package let action: String
    /// What it touches.
    package let targets: [ConsentTarget]
    /// All that the execution needs.
    package let content: JSONObject
    /// How to look when the outcome is unknown.
    package let outcomeHint: String
    /// The digest of the original call's arguments, for the audit.
    package let argumentsDigest: String

    /// An approval.
    package init(
        id: ApprovalID,
        binding: ApprovalBinding,
        requiredRole: Role,
        callID: String,
        action: String,
        targets: [ConsentTarget],
        content: JSONObject,
        outcomeHint: String,
        argumentsDigest: String = ""
    ) {
        self.id = id
        self.binding = binding
        self.requiredRole = requiredRole
        self.callID = callID
        self.action = action
        self.targets = targets
        self.content = content
        self.outcomeHint = outcomeHint
        self.argumentsDigest = argumentsDigest
    }
}
