import JSONRPC

/// What the approval of an update stores: the arguments, the project and the fingerprint, not a body (pipeline.md §5.1).
struct StoredUpdate: Sendable, Hashable {
    var project: CodeArtsProject
    var pipelineID: String
    var change: PipelineChange
    /// The fingerprint of the pipeline as it was previewed.
    var fingerprint: String

    init(project: CodeArtsProject, pipelineID: String, change: PipelineChange, fingerprint: String) {
        self.project = project
        self.pipelineID = pipelineID
        self.change = change
        self.fingerprint = fingerprint
    }

    /// Reads what ``content`` wrote; nil for anything else.
    init?(content: JSONObject) {
        guard let project = content["project_id"]?.stringValue, let pipelineID = content["pipeline_id"]?.stringValue,
            let fingerprint = content["fingerprint"]?.stringValue, let change = PipelineChange(content)
        else { return nil }
        self.init(project: CodeArtsProject(id: project), pipelineID: pipelineID, change: change, fingerprint: fingerprint)
    }

    /// All that the execution needs.
    var content: JSONObject {
        let head: JSONObject = [
            "project_id": .string(project.id), "pipeline_id": .string(pipelineID), "fingerprint": .string(fingerprint),
        ]
        return JSONObject(members: head.members + change.json.members)
    }
}
