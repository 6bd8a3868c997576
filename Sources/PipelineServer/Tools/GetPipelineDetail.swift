import AuthCommon
import CloudServer
import JSONRPC

/// `pipeline_get_detail` (pipeline.md §3).
enum GetPipelineDetail {
    /// The name.
    static let name = "pipeline_get_detail"

    /// The tool.
    static func tool(_ client: PipelineClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "Show a pipeline",
            description: """
                Shows one pipeline: sources with their aliases and branches, variables, schedules, triggers and the definition with its stages and \
                jobs. Use it before running or changing a pipeline, to learn aliases, variable names and job ids. Values of secret variables \
                are shown as ***; sensitive values in the definition are masked. definition_parse_error tells why a definition is missing.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([Parameter.pipelineID, Parameter.projectID]),
            output: FullPipeline.schema,
            body: .immediate { arguments, _ in
                let project = try client.project(arguments.string("project_id"))
                return FullPipeline.json(try await client.send(ShowPipelineRequest(id: arguments.text("pipeline_id")), in: project))
            }
        )
    }
}
