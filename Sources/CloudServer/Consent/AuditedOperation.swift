import JSONRPC

/// What every audit record of a destructive call tells of it (consent.md §3).
package struct AuditedOperation: Sendable, Hashable {
    /// The tool of the call.
    var tool: String
    /// Who asked for it.
    var owner: ApprovalOwner
    /// The call that asked for it.
    var callID: String
    /// What will be done.
    var action: String
    /// The ids of what it touches.
    var targets: [String]
    /// The digest of the arguments.
    var argumentsDigest: String
    /// The digest of what is executed.
    var contentDigest: String
    /// By which path consent comes.
    var path: ConsentPath
    /// Its approval, where it has one.
    var approval: ApprovalID?

    /// The operation of an approval.
    init(_ approval: Approval, path: ConsentPath) {
        tool = approval.binding.tool
        owner = approval.binding.owner
        callID = approval.callID
        action = approval.action
        targets = approval.targets.map(\.id)
        argumentsDigest = approval.argumentsDigest
        contentDigest = SHA256Text.short(approval.content.bytes(.compact))
        self.path = path
        self.approval = approval.id
    }

    /// A call whose operation is not known (any more, or yet).
    init(tool: String, arguments: JSONObject, context: ToolContext, path: ConsentPath) {
        self.tool = tool
        owner = ApprovalOwner(context.identity)
        callID = context.callID
        action = ""
        targets = []
        argumentsDigest = SHA256Text.short(arguments.bytes(.compact))
        contentDigest = ""
        self.path = path
    }

    /// The same call with its operation.
    func with(_ operation: PreparedOperation) -> AuditedOperation {
        var result = self
        result.action = operation.action
        result.targets = operation.targets.map(\.id)
        result.contentDigest = SHA256Text.short(operation.content.bytes(.compact))
        return result
    }

    /// The fields of a record; members that are not known are left out.
    func fields(by caller: ApprovalOwner, reason: String) -> JSONObject {
        var fields: JSONObject = [
            "tool": .string(tool), "sub": .string(caller.subject), "tenant": .string(caller.tenant), "reason": .string(reason),
        ]
        fields.set("approval_id", approval.map { .string($0.logText) })
        if !action.isEmpty { fields["action"] = .string(action) }
        fields["targets"] = .array(targets.map(JSONValue.string))
        fields["arguments_sha256"] = .string(argumentsDigest)
        if !contentDigest.isEmpty { fields["content_sha256"] = .string(contentDigest) }
        fields["consent"] = .string(path.rawValue)
        return fields
    }
}
