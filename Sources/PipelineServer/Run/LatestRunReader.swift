import CloudServer
import HuaweiCloud
import JSONRPC

/// Finds a pipeline's row in the list again and again, to see its latest run.
///
/// The API has no documented way to read one run, and no filter by id: the list is filtered by the pipeline's name, which the detail tells.
struct LatestRunReader: Sendable {
    /// The most pages that are searched for the pipeline.
    private static let maximumPages = 5

    private static let pageSize = 100

    private let client: PipelineClient
    private let project: CodeArtsProject
    private let pipelineID: String
    private let name: String?

    /// A reader; asks for the pipeline's name.
    ///
    /// - Throws: the error of the detail, for example for a pipeline that does not exist.
    init(_ client: PipelineClient, pipelineID: String, in project: CodeArtsProject) async throws(CloudError) {
        self.client = client
        self.project = project
        self.pipelineID = pipelineID
        name = try await client.send(ShowPipelineRequest(id: pipelineID), in: project).name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The latest run now; nil when the pipeline has never run.
    ///
    /// - Throws: `NOT_FOUND` when the list does not have the pipeline.
    func read() async throws -> LatestRun? {
        for page in 0..<Self.maximumPages {
            var query: JSONObject = ["project_id": .string(project.id)]
            query.set("name", name.map(JSONValue.string))
            query["offset"] = .int(page * Self.pageSize)
            query["limit"] = .int(Self.pageSize)
            query["is_banned"] = true
            let answer = try await client.send(ListPipelinesRequest(query: query), in: project)
            if let row = answer.rows.first(where: isOurs) { return row.lenientObject("latest_run").flatMap(Self.run) }
            if answer.rowsReceived < Self.pageSize { break }
        }
        throw ToolError(
            code: ErrorCode.notFound,
            message: "The list of pipelines does not show the pipeline \(pipelineID), and nothing else tells of its runs.",
            hint: "Check the project; pipeline_list shows what these credentials may see."
        )
    }

    private func isOurs(_ row: JSONObject) -> Bool {
        (row.nonEmptyText("pipeline_id") ?? row.nonEmptyText("id")).map { ExactString.same($0, pipelineID) } ?? false
    }

    private static func run(_ json: JSONObject) -> LatestRun? { json.isEmpty ? nil : LatestRun(json: json) }
}
