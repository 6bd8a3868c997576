import CloudServer
import JSONRPC

/// `huaweicloud://ecs/servers/{id}`: what `ecs_get_server` tells of a server.
enum ServerResource {
    /// The family.
    static func family(_ client: ECSClient) -> ResourceFamily {
        ResourceFamily(
            "huaweicloud://ecs/servers/{id}",
            name: "ecs-server",
            title: "Cloud server",
            description: "One Elastic Cloud Server in full, as ecs_get_server shows it.",
            tool: GetServer.name,
            arguments: { ["server_id": .string($0["id"] ?? "")] },
            suggestions: ["id": ServerSuggestions.ids(client)]
        )
    }
}
