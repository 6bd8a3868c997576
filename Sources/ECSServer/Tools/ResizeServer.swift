import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_resize_server` (ecs.md §3), in two phases.
enum ResizeServer {
    /// The name.
    static let name = "ecs_resize_server"

    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "Resize a server",
            description: """
                Prepares another flavor for a server. This call changes nothing: it has the API check the resize (dry run) and returns a preview \
                with an approval_id. Show the preview and its warnings to the user and call ecs_confirm_destructive only after an explicit yes. Find \
                flavors with ecs_list_flavors. A running server must be stopped, or resized with mode `withStopServer`, which stops it. A prepaid \
                server's resize becomes an order that may need payment.
                """,
            role: .fixed(.admin),
            effect: .changes(destructive: true, idempotent: true),
            input: ObjectSchema([
                Parameter.serverID,
                .string("target_flavor_ref", "Id of the new flavor, e.g. s6.large.4.", minLength: 1, required: true),
                .string("dedicated_host_id", "Dedicated host to move to.", nullable: true),
                .string("mode", "withStopServer: stop a running server first.", nullable: true, enum: ["withStopServer"]),
            ]),
            output: OperationPreview.schema([
                "action": ["const": "resize"], "server_id": Shape.text(), "target_flavor_ref": Shape.text(), "mode": Shape.textOrNull(),
                "dedicated_host_id": Shape.textOrNull(), "dry_run": ["const": "passed"],
            ]),
            body: .twoPhase(
                prepare: { arguments, _ in
                    let resize = Resize(
                        id: arguments.text("server_id"),
                        flavorRef: arguments.text("target_flavor_ref"),
                        mode: arguments.string("mode"),
                        dedicatedHostID: arguments.string("dedicated_host_id")
                    )
                    return try await OperationPreview(client: client).prepare(.resize(resize))
                },
                execute: { content, _ in try await OperationExecution(client: client).execute(content) }
            )
        )
    }
}
