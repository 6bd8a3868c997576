import CloudServer
import JSONRPC

/// An update of a pipeline, worked out on its raw tree and not yet sent (pipeline.md §5.1 to §5.5).
///
/// Pure: the preview and the confirmation make the same plan of the same pipeline.
struct UpdatePlan: Sendable {
    /// What changes.
    let changes: UpdateChanges
    /// The body of the PUT: what was read, but for the selected values.
    let body: JSONObject
    /// The text of the definition as it will be.
    let definition: String
    /// ``Digest/ofDefinition(_:)`` before and after.
    let hashBefore: String
    let hashAfter: String
    /// What the user should know before deciding.
    let warnings: [String]
    /// The values that must be found afterwards.
    let outcome: UpdateOutcome

    /// Works the change out.
    ///
    /// - Throws: `PIPELINE_BANNED`, `DEFINITION_MISSING`, the errors of the selection of a source, `DEFINITION_INVALID`,
    ///   `DEFINITION_UPDATE_FAILED`, `SECRET_VALUE_MASKED`, `NO_EFFECTIVE_CHANGE`, in this order.
    init(_ change: PipelineChange, of detail: PipelineDetail) throws {
        let text = try Self.definition(of: detail)
        let branch = try Self.branch(change.branch, detail.sources)
        let tasks = try Self.tasks(change.preTask, text)
        try Self.checkSecrets(detail.variables)
        changes = UpdateChanges(branch: branch, tasks: tasks?.changes)
        guard changes.areEffective else { throw Self.noEffectiveChange }
        var body = WrittenMembers.of(detail)
        if let branch, branch.isEffective {
            body["sources"] = Self.sources(detail.json["sources"] ?? .null, at: branch.sourceIndex, defaultBranch: branch.after)
        }
        if let tasks { body["definition"] = .string(tasks.text) }
        self.body = body
        definition = tasks?.text ?? text
        hashBefore = Digest.ofDefinition(text)
        hashAfter = Digest.ofDefinition(definition)
        warnings = tasks?.warnings ?? []
        outcome = UpdateOutcome(
            branch: branch.map { .init(sourceIndex: $0.sourceIndex, name: $0.after) },
            tasks: tasks.map { .init(entries: $0.entries, task: $0.task) }
        )
    }

    private static func definition(of detail: PipelineDetail) throws(ToolError) -> String {
        if detail.isBanned {
            throw ToolError(
                code: PipelineErrorCode.pipelineBanned,
                message: "The pipeline is disabled and cannot be changed.",
                hint: "Enable it first with pipeline_set_status."
            )
        }
        guard let text = detail.definitionText else {
            throw ToolError(
                code: PipelineErrorCode.definitionMissing,
                message: "The API returned no definition of the pipeline; an update replaces everything and would wipe it.",
                hint: "Change the pipeline in CodeArts."
            )
        }
        return text
    }

    private static func branch(_ wanted: PipelineChange.Branch?, _ sources: PipelineSources) throws(ToolError) -> UpdateChanges.Branch? {
        guard let wanted else { return nil }
        let index = try sources.select(alias: wanted.alias)
        let source = sources[index]
        return UpdateChanges.Branch(sourceIndex: index, sourceAlias: source?.alias, before: source?.defaultBranch, after: wanted.name)
    }

    /// What a change of tasks comes to.
    private struct Tasks {
        var task: String
        /// The indices of the entries that the change is about.
        var entries: [Int]
        var changes: [UpdateChanges.TaskDiff]
        var text: String
        var warnings: [String]
    }

    private static func tasks(_ wanted: PreTaskChange?, _ text: String) throws -> Tasks? {
        guard let wanted else { return nil }
        let definition: PipelineDefinition
        do throws(PipelineDefinition.Malformed) { definition = try PipelineDefinition(text) } catch {
            throw ToolError(
                code: PipelineErrorCode.definitionInvalid,
                message: "The definition of the pipeline cannot be changed: \(error).",
                hint: "Repair it in CodeArts, or change only the branch."
            )
        }
        let entries = try wanted.entries(of: definition)
        let changed = entries.filter { entry in !(entry.task.map { ExactString.same($0, wanted.task) } ?? false) }
        return Tasks(
            task: wanted.task,
            entries: entries.map(\.index),
            changes: changed.map { UpdateChanges.TaskDiff(sequence: $0.sequence, before: $0.task, after: wanted.task) },
            text: changed.isEmpty ? text : try definition.text(withTask: wanted.task, inEntries: changed.map(\.index)),
            warnings: changed.filter { !($0.task.map(PreTaskChange.isTrigger) ?? false) }.map(warning)
        )
    }

    private static func warning(_ entry: PreTaskChange.Entry) -> String {
        let now = entry.task.map { "has the task '\($0)', which is not a trigger task and is replaced" } ?? "has no task yet and gets one"
        return ErrorText.singleLine("Entry \(entry.index) of stages[0].pre \(now).")
    }

    private static func checkSecrets(_ variables: [PipelineVariable]) throws(ToolError) {
        let withheld = variables.filter(\.isWithheld)
        guard !withheld.isEmpty else { return }
        let names = withheld.map { $0.name.map { "'\($0)'" } ?? "(no name)" }.joined(separator: ", ")
        throw ToolError(
            code: PipelineErrorCode.secretValueMasked,
            message: "The API withholds the value of secret variables, and an update would overwrite it: \(names).",
            hint: "Change the pipeline in CodeArts."
        )
    }

    /// The sources with one branch replaced, in the form in which they came: a single one that is no array stays so.
    private static func sources(_ sources: JSONValue, at index: Int, defaultBranch: String) -> JSONValue {
        guard case .array(var elements) = sources else { return PipelineSource(json: sources).with(defaultBranch: defaultBranch).json }
        elements[index] = PipelineSource(json: elements[index]).with(defaultBranch: defaultBranch).json
        return .array(elements)
    }

    private static let noEffectiveChange = ToolError(
        code: PipelineErrorCode.noEffectiveChange,
        message: "Everything already is as requested.",
        hint: "Nothing needs to be done."
    )
}
