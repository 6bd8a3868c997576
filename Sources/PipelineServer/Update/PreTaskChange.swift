import CloudServer
import HuaweiCloud
import JSONRPC

/// The change of the tasks with which the first stage begins (pipeline.md §5.4).
struct PreTaskChange: Sendable, Hashable {
    /// The tasks that may be set: they decide how runs of the pipeline are triggered.
    static let triggerTasks = ["official_devcloud_manualTrigger", "official_devcloud_autoTrigger"]

    /// An entry that the change is about.
    struct Entry: Sendable, Hashable {
        /// Its index in `stages[0].pre`.
        var index: Int
        /// Its `sequence`, whatever that is.
        var sequence: JSONValue
        /// Its task now.
        var task: String?
    }

    /// The task that the entries get.
    var task: String
    /// The `sequence` of the entries that are meant; nil for all that have one of the trigger tasks.
    var sequence: JSONNumber?

    /// The entries that the change is about, those included that have the task already.
    ///
    /// - Throws: `DEFINITION_UPDATE_FAILED` when there are none.
    func entries(of definition: PipelineDefinition) throws(ToolError) -> [Entry] {
        let entries = try definition.preEntries().enumerated().compactMap { index, value -> Entry? in
            guard case .object(let entry) = value, selects(entry) else { return nil }
            return Entry(index: index, sequence: entry["sequence"] ?? .null, task: entry.lenientText("task"))
        }
        guard entries.isEmpty else { return entries }
        throw ToolError(
            code: PipelineErrorCode.definitionUpdateFailed,
            message: sequence.map { "No entry of stages[0].pre has the number \($0.text) as its sequence." }
                ?? "No entry of stages[0].pre has one of the trigger tasks.",
            hint: PipelineDefinition.updateFailedHint
        )
    }

    private func selects(_ entry: JSONObject) -> Bool {
        guard let sequence else { return entry["task"]?.stringValue.map { Self.isTrigger($0) } ?? false }
        return entry["sequence"]?.numberValue == sequence
    }

    /// Whether the text is one of the tasks that may be set.
    static func isTrigger(_ task: String) -> Bool { triggerTasks.contains { ExactString.same($0, task) } }
}
