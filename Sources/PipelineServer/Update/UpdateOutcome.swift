import JSONRPC

/// What an update promises: the values that a later look at the pipeline must find (pipeline.md §5.6).
struct UpdateOutcome: Sendable, Hashable {
    /// The default branch of a source.
    struct Branch: Sendable, Hashable {
        var sourceIndex: Int
        var name: String
    }

    /// The task of entries of `stages[0].pre`.
    struct Tasks: Sendable, Hashable {
        var entries: [Int]
        var task: String
    }

    var branch: Branch?
    var tasks: Tasks?

    /// Whether the pipeline has these values.
    func holds(in detail: PipelineDetail) -> Bool { branchHolds(in: detail) && tasksHold(in: detail) }

    private func branchHolds(in detail: PipelineDetail) -> Bool {
        guard let branch else { return true }
        return detail.sources[branch.sourceIndex]?.defaultBranch.map { ExactString.same($0, branch.name) } ?? false
    }

    private func tasksHold(in detail: PipelineDetail) -> Bool {
        guard let tasks else { return true }
        guard let text = detail.definitionText, let definition = try? PipelineDefinition(text), let entries = try? definition.preEntries()
        else { return false }
        return tasks.entries.allSatisfy { index in
            guard entries.indices.contains(index), let task = entries[index]["task"]?.stringValue else { return false }
            return ExactString.same(task, tasks.task)
        }
    }
}
