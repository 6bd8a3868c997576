import AuthCommon
import JSONRPC

@testable import CloudServer

extension Approval {
    /// An approval with everything but the named parts filled in.
    static func fixture(
        _ number: UInt64,
        subject: String = "ada",
        tenant: String = "acme",
        service: String = "ecs",
        tool: String = "ecs_delete_server",
        role: Role = .admin
    ) -> Approval {
        Approval(
            id: ApprovalID(high: 0, low: number),
            binding: ApprovalBinding(owner: ApprovalOwner(subject: subject, tenant: tenant), service: service, tool: tool),
            requiredRole: role,
            callID: "call-1",
            action: "delete",
            targets: [ConsentTarget(id: "server-1", name: "web")],
            content: ["server_ids": ["server-1"]],
            outcomeHint: "Look with ecs_get_server."
        )
    }
}
