import CloudServer
import JSONRPC

/// `huaweicloud://pipelines/{id}`: what `pipeline_get_detail` tells of a pipeline of the configured project.
enum PipelineResource {
    /// The family.
    static func family(_ client: PipelineClient) -> ResourceFamily {
        ResourceFamily(
            "huaweicloud://pipelines/{id}",
            name: "pipeline",
            title: "Pipeline",
            description: "One pipeline of the configured CodeArts project, as pipeline_get_detail shows it.",
            tool: GetPipelineDetail.name,
            arguments: { ["pipeline_id": .string($0["id"] ?? "")] },
            missingCodes: ["DEVPIPE.00011401", "DEVPIPE.00011136"],
            suggestions: ["id": PipelineSuggestions.ids(client)]
        )
    }
}
