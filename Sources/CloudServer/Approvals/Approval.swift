package import AuthCommon
import Crypto
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

    /// An approval.
    package init(
        id: ApprovalID,
        binding: ApprovalBinding,
        requiredRole: Role,
        callID: String,
        action: String,
        targets: [ConsentTarget],
        content: JSONObject,
        outcomeHint: String
    ) {
        self.id = id
        self.binding = binding
        self.requiredRole = requiredRole
        self.callID = callID
        self.action = action
        self.targets = targets
        self.content = content
        self.outcomeHint = outcomeHint
    }
}

extension Approval {
    /// The first 16 hexadecimal digits of the SHA-256 of the content, so that records of one operation can be told from those of another.
    var contentDigest: String {
        SHA256.hash(data: content.bytes(.compact)).prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined()
    }
}
