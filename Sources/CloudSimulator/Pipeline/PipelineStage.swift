import JSONRPC

/// What a run needs to know of a stage of a definition.
struct PipelineStage: Sendable, Hashable {
    var id: String
    var name: String
    var jobIDs: [String]
    /// Whether a person has to start it.
    var isManual: Bool

    /// The stages of a definition; one without a name when it is not the text of a JSON object with stages.
    static func stages(of definition: String?) -> [PipelineStage] {
        let value = definition.flatMap { try? JSONParser.parse($0, duplicates: .lastWins) }
        let stages = (value?["stages"]?.arrayValue ?? []).enumerated().compactMap { index, stage in
            stage.objectValue.map { PipelineStage($0, number: index) }
        }
        return stages.isEmpty ? [PipelineStage(id: "0", name: "Stage_1", jobIDs: [], isManual: false)] : stages
    }

    private init(id: String, name: String, jobIDs: [String], isManual: Bool) {
        self.id = id
        self.name = name
        self.jobIDs = jobIDs
        self.isManual = isManual
    }

    private init(_ stage: JSONObject, number: Int) {
        id = stage["identifier"]?.stringValue ?? stage["id"]?.stringValue ?? String(number)
        name = stage["name"]?.stringValue ?? "Stage_\(number + 1)"
        jobIDs = (stage["jobs"]?.arrayValue ?? []).compactMap { $0["identifier"]?.stringValue ?? $0["id"]?.stringValue }
        isManual = (stage["pre"]?.arrayValue ?? []).contains { $0["task"]?.stringValue == "official_devcloud_manualTrigger" }
    }
}
