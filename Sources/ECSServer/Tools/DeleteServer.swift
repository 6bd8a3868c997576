import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_delete_server` (ecs.md §3), in two phases.
enum DeleteServer {
    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: "ecs_delete_server",
            title: "Delete servers",
            description: """
                Prepares the deletion of servers; it cannot be undone. This call changes nothing: it returns a preview of every server, its disks \
                and its addresses, with an approval_id. Show the preview and its warnings to the user and call ecs_confirm_destructive only after \
                an explicit yes. Elastic IPs and data disks are kept unless the flags say otherwise; a system disk always goes with its server. Prepaid \
                servers cannot be deleted, they are unsubscribed. Partial failure of a batch shows only in the job's sub jobs.
                """,
            role: .fixed(.admin),
            effect: .changes(destructive: true, idempotent: true),
            input: ObjectSchema([
                Parameter.serverIDs,
                .boolean("delete_publicip", "Release the elastic IPs instead of keeping them.", default: false),
                .boolean("delete_volume", "Delete the attached data disks instead of keeping them.", default: false),
            ]),
            output: OperationPreview.schema([
                "action": ["const": "delete"], "server_ids": Shape.array(of: Shape.text()), "delete_publicip": Shape.flag(),
                "delete_volume": Shape.flag(),
            ]),
            body: .twoPhase(
                prepare: { arguments, _ in
                    try await OperationPreview(client: client).prepare(
                        .delete(
                            ids: arguments.strings("server_ids"),
                            publicIP: arguments.bool("delete_publicip"),
                            volumes: arguments.bool("delete_volume")
                        )
                    )
                },
                execute: { content, _ in try await OperationExecution(client: client).execute(content) }
            )
        )
    }
}
