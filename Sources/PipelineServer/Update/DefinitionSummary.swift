import CloudServer
import JSONRPC

/// What the log tells of a definition: names and counts, never bodies (pipeline.md §5.7).
enum DefinitionSummary {
    /// The most stages, and entries of a stage, that are told, so that a huge definition cannot flood the log.
    static let maximumRows = 32

    /// `{stage_count, stages:[{name, pre_tasks[], job_count}]}`; null for a text that is no definition.
    static func of(_ text: String) -> JSONValue {
        guard let definition = try? PipelineDefinition(text) else { return .null }
        let stages = definition.root["stages"]?.arrayValue ?? []
        return ["stage_count": .int(stages.count), "stages": .array(stages.prefix(maximumRows).map(stage))]
    }

    private static func stage(_ stage: JSONValue) -> JSONValue {
        let tasks = (stage["pre"]?.arrayValue ?? []).prefix(maximumRows).map { JSONValue.optional(shortened($0["task"]?.stringValue)) }
        return [
            "name": .optional(shortened(stage["name"]?.stringValue)), "pre_tasks": .array(tasks),
            "job_count": .int(stage["jobs"]?.arrayValue?.count ?? 0),
        ]
    }

    private static func shortened(_ text: String?) -> String? {
        guard let scalars = text?.unicodeScalars, scalars.count > 80 else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(60))) + "…"
    }
}
