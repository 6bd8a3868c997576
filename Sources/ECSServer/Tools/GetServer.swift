import AuthCommon
import CloudServer
import HuaweiCloud
import JSONRPC

/// `ecs_get_server` (ecs.md §2.2).
enum GetServer {
    /// The name.
    static let name = "ecs_get_server"

    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "Show a cloud server",
            description: """
                Shows one server by its id. detail_level `full` gives addresses, flavor, image, disks, security groups, tags and metadata (values \
                under sensitive names are masked; user data is never returned). `status` gives only status, task_state and power_state: use it to \
                watch a server while a job runs. NOT_FOUND means that this project and region have no such server.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                Parameter.serverID,
                .string("detail_level", "How much to show.", default: "full", enum: ["full", "status"]),
            ]),
            output: OutputSchema.oneOfShapes([FullServer.schema, ServerStatus.schema]),
            body: .immediate { arguments, _ in
                let id = ServerID(arguments.text("server_id"))
                return arguments.text("detail_level") == "status" ? try await status(of: id, client) : try await full(id, client)
            }
        )
    }

    /// For an unknown id the API answers a row with only `id` and `fault`, or none.
    private static func full(_ id: ServerID, _ client: ECSClient) async throws -> JSONObject {
        let page = try await client.send(ListServersDetailsRequest(ids: [id]))
        guard let server = page.servers.first(where: { $0.exists && $0.id.map(ServerID.init) == id }) else {
            throw ToolError.noSuchServers([id], origin: page.origin)
        }
        return FullServer.json(server)
    }

    private static func status(of id: ServerID, _ client: ECSClient) async throws -> JSONObject {
        do {
            let answer = try await client.send(ShowServerRequest(id: id))
            guard let server = answer.server else { throw ToolError.noSuchServers([id], origin: answer.origin) }
            return ServerStatus.json(server, id: id.text)
        } catch let error as CloudError {
            throw ToolError.noSuchServer(id, error) ?? ToolError(error)
        }
    }
}
