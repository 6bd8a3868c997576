import CloudServer
import JSONRPC

/// What an update changes, as the preview, the result and the log tell it (`C` of pipeline.md §5.1).
struct UpdateChanges: Sendable, Hashable {
    /// The default branch of one source.
    struct Branch: Sendable, Hashable {
        var sourceIndex: Int
        var sourceAlias: String?
        var before: String?
        var after: String

        /// Whether it differs from what is there.
        var isEffective: Bool { !(before.map { ExactString.same($0, after) } ?? false) }
    }

    /// The task of one entry of `stages[0].pre`.
    struct TaskDiff: Sendable, Hashable {
        var sequence: JSONValue
        var before: String?
        var after: String

        /// All three members; a sequence that is no number comes from a definition like any other value and is masked.
        var json: JSONValue {
            ["sequence": Masking.maskStructured(sequence), "before": .optional(before), "after": .string(after)]
        }
    }

    /// Present when a branch was asked for.
    var branch: Branch?
    /// The entries that change; present, possibly empty, when a task was asked for.
    var tasks: [TaskDiff]?

    /// Whether anything differs from what is there.
    var areEffective: Bool { branch?.isEffective ?? false || !(tasks ?? []).isEmpty }

    /// `{"default_branch"?, "pre_task"?}`.
    var json: JSONObject { json(maximumDiffs: .max) }

    /// The same with only the first diffs, for the log; the count is that of all.
    func json(maximumDiffs: Int) -> JSONObject {
        var members: JSONObject = [:]
        if let branch {
            members["default_branch"] = [
                "source_index": .int(branch.sourceIndex), "source_alias": .optional(branch.sourceAlias), "before": .optional(branch.before),
                "after": .string(branch.after),
            ]
        }
        if let tasks {
            members["pre_task"] = [
                "diffs": .array(tasks.prefix(maximumDiffs).map(\.json)), "applied_to_count": .int(tasks.count),
            ]
        }
        return members
    }

    /// The schema of ``json``.
    static let schema = Shape.object(
        [
            "default_branch": Shape.object(
                [
                    "source_index": Shape.integer(), "source_alias": Shape.textOrNull(), "before": Shape.textOrNull(),
                    "after": Shape.text(),
                ],
                required: []
            ),
            "pre_task": Shape.object(
                [
                    "diffs": Shape.array(
                        of: Shape.object(["sequence": Shape.anything, "before": Shape.textOrNull(), "after": Shape.text()], required: []),
                        "Entries of stages[0].pre that change."
                    ),
                    "applied_to_count": Shape.integer(),
                ],
                required: []
            ),
        ],
        required: [],
        "What was asked for; before = after or no diffs: it is so already."
    )
}
