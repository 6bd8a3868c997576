import JSONRPC

/// What a caller wants changed about a pipeline; at least one of both (pipeline.md §5).
struct PipelineChange: Sendable, Hashable {
    /// Another default branch for one source.
    struct Branch: Sendable, Hashable {
        /// The branch.
        var name: String
        /// The alias of the source, compared exactly; nil for the only one.
        var alias: String?
    }

    /// The branch, if it is to change.
    var branch: Branch?
    /// The tasks of the first stage, if they are to change.
    var preTask: PreTaskChange?

    /// The change that these arguments or this stored content ask for; nil when they ask for none.
    ///
    /// `source_alias` and `pre_sequence` alone ask for nothing.
    init?(_ arguments: JSONObject) {
        branch = arguments["new_default_branch"]?.stringValue.map { Branch(name: $0, alias: arguments["source_alias"]?.stringValue) }
        preTask = arguments["new_pre_task"]?.stringValue.map {
            PreTaskChange(task: $0, sequence: arguments["pre_sequence"]?.numberValue)
        }
        if branch == nil, preTask == nil { return nil }
    }

    /// The arguments that count.
    var json: JSONObject {
        var members: JSONObject = [:]
        if let branch {
            members["new_default_branch"] = .string(branch.name)
            members.set("source_alias", branch.alias.map(JSONValue.string))
        }
        if let preTask {
            members["new_pre_task"] = .string(preTask.task)
            members.set("pre_sequence", preTask.sequence.map(JSONValue.number))
        }
        return members
    }
}
