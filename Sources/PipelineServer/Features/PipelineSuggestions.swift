import CloudServer
import HuaweiCloud
import JSONRPC

/// Suggestions for arguments that name pipelines: one look at the list.
enum PipelineSuggestions {
    /// Ids, also of pipelines whose names match.
    static func ids(_ client: PipelineClient) -> Suggestions {
        suggestions(client) { rows, input in
            rows.filter { row in [row.id, row.name].contains { $0.map { !input.matches(in: [$0]).isEmpty } ?? false } }.compactMap(\.id)
        }
    }

    /// Names, then ids.
    static func namesAndIDs(_ client: PipelineClient) -> Suggestions {
        suggestions(client) { rows, input in
            input.matches(in: rows.compactMap(\.name)) + input.matches(in: rows.compactMap(\.id))
        }
    }

    private struct Row {
        let id: String?
        let name: String?
    }

    /// The list is not filtered by name: what is typed may be the beginning of an id.
    private static func suggestions(
        _ client: PipelineClient,
        _ choose: @escaping @Sendable ([Row], Suggestions.Input) -> [String]
    ) -> Suggestions {
        Suggestions(allowedBy: ListPipelines.name) { input, _ in
            let project = try client.project(nil)
            let query: JSONObject = ["project_id": .string(project.id), "offset": 0, "limit": 100, "is_banned": true]
            let rows = try await client.send(ListPipelinesRequest(query: query), in: project).rows.map { row in
                Row(id: row.nonEmptyText("pipeline_id") ?? row.nonEmptyText("id"), name: row.lenientText("name"))
            }
            return choose(rows, input)
        }
    }
}
