import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_power_action` (ecs.md §3): `start` at once, `stop` and `reboot` in two phases.
enum PowerAction {
    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: "ecs_power_action",
            title: "Start, stop or reboot servers",
            description: """
                Starts, stops or reboots servers. `start` runs at once and returns a job_id for ecs_get_job_status. `stop` and `reboot` need the admin \
                role and change nothing yet: they return a preview with an approval_id. Show the preview and its warnings to the user and call \
                ecs_confirm_destructive only after an explicit yes. `type` HARD cuts the power and may lose data; prefer SOFT. Partial failure of a \
                batch shows only in the job's sub jobs.
                """,
            role: .deciding(listed: .operator, role),
            effect: .changes(destructive: true, idempotent: false),
            input: ObjectSchema([
                Parameter.serverIDs,
                .string("action", "What to do.", enum: ["start", "stop", "reboot"], required: true),
                .string("type", "How to stop or reboot; no effect on start.", default: "SOFT", enum: PowerDown.allCases.map(\.rawValue)),
            ]),
            output: OutputSchema.oneOfShapes([
                OutputSchema.object(["job_id": Shape.text(), "action": ["const": "start"]]),
                OperationPreview.schema([
                    "action": ["enum": ["stop", "reboot"]], "server_ids": Shape.array(of: Shape.text()), "type": Shape.text(),
                ]),
            ]),
            body: .twoPhase(
                prepare: { arguments, _ in
                    let ids = arguments.strings("server_ids")
                    let type: PowerDown = arguments.text("type") == PowerDown.hard.rawValue ? .hard : .soft
                    switch arguments.text("action") {
                    case "start": return .done(try await start(ids, client))
                    case "stop": return try await OperationPreview(client: client).prepare(.stop(ids: ids, type: type))
                    default: return try await OperationPreview(client: client).prepare(.reboot(ids: ids, type: type))
                    }
                },
                execute: { content, _ in try await OperationExecution(client: client).execute(content) }
            )
        )
    }

    /// The role that the raw, not yet validated arguments need: only the exact text `start` is an operator's.
    @Sendable static func role(_ raw: JSONObject) -> Role {
        guard let action = raw["action"]?.stringValue, action.utf8.elementsEqual("start".utf8) else { return .admin }
        return .operator
    }

    private static func start(_ ids: [String], _ client: ECSClient) async throws -> JSONObject {
        ["job_id": .string(try await client.send(ServerActionRequest(action: .start, ids: ids))), "action": "start"]
    }
}
