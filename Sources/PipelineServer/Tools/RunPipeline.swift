import AuthCommon
import CloudServer
import JSONRPC

/// `pipeline_run` (pipeline.md §4).
enum RunPipeline {
    /// The tool.
    static func tool(_ client: PipelineClient) -> CloudTool {
        CloudTool(
            name: "pipeline_run",
            title: "Run a pipeline",
            description: """
                Starts a run of a pipeline at once and returns its pipeline_run_id for pipeline_wait_for_run. To run another branch, give one item of `sources` with \
                params.default_branch, and with params.alias when the pipeline has several sources; everything else about the source is \
                filled in. A specific commit cannot be chosen. `variables` override the pipeline's runtime variables for this run. \
                `choose_stages` or `choose_jobs` run only these ids of the definition. Each call starts another run: do not repeat it \
                after a timeout before pipeline_list has shown that nothing runs.
                """,
            role: .fixed(.operator),
            effect: .changes(destructive: false, idempotent: false),
            input: ObjectSchema(parameters),
            output: OutputSchema.object(
                [
                    "pipeline_run_id": Shape.text(),
                    "warnings": Shape.array(of: Shape.text(), "What the API complained about although it started the run."),
                ],
                required: ["pipeline_run_id"]
            ),
            body: .immediate { arguments, _ in
                let project = try client.project(arguments.string("project_id"))
                let id = arguments.text("pipeline_id")
                let body = try await body(arguments, pipelineID: id, in: project, client)
                return data(try await client.send(RunPipelineRequest(id: id, body: body), in: project))
            }
        )
    }

    /// Only what was given, in the order of the API's reference.
    private static func body(
        _ arguments: Arguments,
        pipelineID: String,
        in project: CodeArtsProject,
        _ client: PipelineClient
    ) async throws -> JSONObject {
        var body: JSONObject = [:]
        if let items = arguments.value("sources")?.arrayValue?.compactMap(\.objectValue) {
            body["sources"] = .array([])
            if !items.isEmpty {
                let detail = try await client.send(ShowPipelineRequest(id: pipelineID), in: project)
                body["sources"] = .array(try SourceCompletion(stored: detail.sources).complete(items))
            }
        }
        body.set("description", arguments.value("description"))
        body.set("variables", arguments.value("variables")?.arrayValue.map { .array($0.map(variable)) })
        body.set("choose_jobs", arguments.value("choose_jobs"))
        body.set("choose_stages", arguments.value("choose_stages"))
        return body
    }

    private static func variable(_ item: JSONValue) -> JSONValue { ["name": item["name"] ?? .null, "value": item["value"] ?? .null] }

    private static func data(_ run: RunPipelineRequest.Run) -> JSONObject {
        var data: JSONObject = ["pipeline_run_id": .string(run.id)]
        data.set("warnings", run.warning.map { [.string($0)] })
        return data
    }

    private static let parameters: [Property] = [
        Parameter.pipelineID, Parameter.projectID,
        .array("sources", "Sources to override; what is left out is filled in from the pipeline.", items: source, nullable: true),
        .array(
            "variables",
            "Runtime variables.",
            items: .object([
                .string("name", "Name.", minLength: 1, required: true),
                .string("value", "Value, always a string.", maxLength: ValueSchema.defaultMaxLength, required: true),
            ]),
            nullable: true
        ),
        .string("description", "What the run is for.", nullable: true, maxLength: 1_024),
        .array("choose_jobs", "Job ids.", items: .string(), nullable: true),
        .array("choose_stages", "Stage ids; preferred to jobs.", items: .string(), nullable: true),
    ]

    private static let source = ValueSchema.object([
        .string("type", "code", nullable: true),
        .object(
            "params",
            "Which source, and what differs.",
            [
                .string("git_type", "codehub, gitee, github, gitcode, gitlab.", nullable: true),
                .string("default_branch", "Branch to run.", nullable: true),
                .string("alias", "Names the source, exactly.", nullable: true),
                .string("codehub_id", "Repository id.", nullable: true),
                .string("endpoint_id", "Service endpoint.", nullable: true),
                .string("git_url", "Repository URL.", nullable: true),
                .object(
                    "build_params",
                    "Only if not simply default_branch.",
                    [
                        .string("build_type", "branch, tag, …", nullable: true), .string("event_type", "Manual, …", nullable: true),
                        .string("target_branch", "Branch.", nullable: true), .string("tag", "Tag.", nullable: true),
                    ],
                    nullable: true
                ),
            ],
            nullable: true
        ),
    ])
}
