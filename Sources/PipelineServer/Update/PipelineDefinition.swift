import CloudServer
import HuaweiCloud
import JSONRPC

/// The definition of a pipeline: a text that is a JSON object with stages (pipeline.md §5.4).
struct PipelineDefinition: Sendable {
    /// The text is not that of a JSON object.
    struct Malformed: Error, CustomStringConvertible {
        /// What is wrong with it, as a clause.
        let description: String
    }

    /// The edited text does not say what it should; a bug.
    struct EditMismatch: Error {}

    /// The exact text.
    let text: String
    /// What it says; of duplicate members the last one counts.
    let root: JSONObject

    /// Reads the text.
    init(_ text: String) throws(Malformed) {
        let value: JSONValue
        do throws(JSONParseError) { value = try Self.parse(text) } catch {
            throw Malformed(description: "it is not JSON: \(error)")
        }
        guard case .object(let root) = value else { throw Malformed(description: "it is JSON of kind \(value.kind), not an object") }
        self.text = text
        self.root = root
    }

    /// The entries of `stages[0].pre`, those included that are no objects.
    ///
    /// - Throws: `DEFINITION_UPDATE_FAILED` when there are none.
    func preEntries() throws(ToolError) -> [JSONValue] {
        guard case .array(let stages)? = root["stages"], let first = stages.first else {
            throw Self.updateFailed("The definition has no stages.")
        }
        guard case .object(let stage) = first else { throw Self.updateFailed("The first stage of the definition is not an object.") }
        guard case .array(let entries)? = stage["pre"], !entries.isEmpty else {
            throw Self.updateFailed("The first stage of the definition has no `pre` entries.")
        }
        return entries
    }

    /// The text with another `task` in these entries of `stages[0].pre`; every other byte stays.
    ///
    /// - Throws: ``EditMismatch`` when the result does not say exactly that.
    func text(withTask task: String, inEntries indices: [Int]) throws(EditMismatch) -> String {
        let outline = JSONOutline(text)
        guard let stages = outline.value(of: "stages", in: outline.root), let first = outline.elements(of: stages).first,
            let pre = outline.value(of: "pre", in: first)
        else { throw EditMismatch() }
        let entries = outline.elements(of: pre)
        let value = JSONValue.string(task).text()
        var pieces: [(range: Range<Int>, text: String)] = []
        for index in indices {
            guard entries.indices.contains(index) else { throw EditMismatch() }
            if let old = outline.value(of: "task", in: entries[index]) {
                pieces.append((old, value))
            } else if let last = outline.members(of: entries[index]).last?.value {
                pieces.append((last.upperBound..<last.upperBound, ",\"task\":\(value)"))
            }
        }
        let edited = outline.replacing(pieces)
        // What is written replaces the whole pipeline, so the edit is not trusted but compared with what it should say.
        guard let result = try? Self.parse(edited), result == .object(expected(task, indices)) else { throw EditMismatch() }
        return edited
    }

    /// What the definition says with another task in these entries.
    private func expected(_ task: String, _ indices: [Int]) -> JSONObject {
        guard case .array(var stages)? = root["stages"], case .object(var stage)? = stages.first, case .array(var entries)? = stage["pre"]
        else { return root }
        for index in indices {
            guard entries.indices.contains(index), case .object(var entry) = entries[index] else { continue }
            entry["task"] = .string(task)
            entries[index] = .object(entry)
        }
        var root = root
        stage["pre"] = .array(entries)
        stages[0] = .object(stage)
        root["stages"] = .array(stages)
        return root
    }

    private static func updateFailed(_ message: String) -> ToolError {
        ToolError(code: PipelineErrorCode.definitionUpdateFailed, message: message, hint: updateFailedHint)
    }

    static let updateFailedHint = "pipeline_get_detail shows the definition; the change needs entries in stages[0].pre."

    /// As the cloud's answers are read: at most 128 levels, the last of duplicate members counts.
    private static func parse(_ text: String) throws(JSONParseError) -> JSONValue {
        try JSONParser.parse(
            text,
            limits: JSONLimits(maximumDepth: 128, maximumBytes: CloudResponse.maximumBytes),
            duplicates: .lastWins
        )
    }
}
