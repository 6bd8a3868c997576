import JSONRPC
import MCP

/// The question to the user: the preview as text, and a form with the one field in which consent is typed (consent.md §2).
struct ConsentQuestion: Sendable {
    /// The name of the form's field, and the key of the question in 2026-07-28.
    static let key = "confirm"

    let operation: PreparedOperation
    let phrase: ConsentPhrase
    /// Whether the user typed something else before.
    let isRepeated: Bool
    /// How long the user may take.
    let seconds: Int

    /// What the client is asked.
    var request: InputRequest {
        let field: JSONObject = ["type": "string", "title": "Consent", "description": .string("Type: \(phrase.text)")]
        var properties: JSONObject = [:]
        properties[Self.key] = .object(field)
        return .form(
            message,
            schema: ["type": "object", "properties": .object(properties), "required": [.string(Self.key)]]
        )
    }

    /// The text above the form: everything that will happen and everything that it touches.
    var message: String {
        var lines: [String] = []
        if isRepeated { lines += ["What was typed is not what was asked for. This is the last time that you are asked.", ""] }
        lines.append(ConsentText.shown(operation.headline ?? defaultHeadline))
        lines += details.map(line)
        for (index, target) in operation.targets.enumerated() { lines += [""] + describe(target, number: index + 1) }
        let cautions = operation.irreversible.map { [ConsentFact("Cannot be undone", $0)] } ?? []
        let warnings = operation.warnings.map { ConsentFact("Warning", $0) }
        if !(cautions + warnings).isEmpty { lines += [""] + (cautions + warnings).map(line) }
        lines += ["", "To consent, type exactly this: \(phrase.text)"]
        lines.append("Anything else changes nothing. Without an answer within \(seconds) s, nothing is changed.")
        return lines.joined(separator: "\n")
    }

    private var defaultHeadline: String {
        let count = operation.targets.count
        return "Action: \(operation.action)" + (count == 1 ? "" : " (\(count) targets)")
    }

    /// The operation's own lines; where it has none, its preview's members, so that nothing that will be sent is left unsaid.
    private var details: [ConsentFact] {
        operation.details ?? operation.members.map { ConsentFact($0.key, $0.value.stringValue ?? $0.value.text(.spaced)) }
    }

    private func describe(_ target: ConsentTarget, number: Int) -> [String] {
        let id = ConsentText.shown(target.id)
        let name = target.name.map { ConsentText.typeable($0) ?? ConsentText.shown($0) } ?? ""
        let title = name.isEmpty ? id : "\(name) (id \(id))"
        let losses = target.losses.map { ConsentFact("deleted with it", $0) }
        let head = operation.targets.count == 1 ? "Target: " : "\(number). "
        return [head + title] + (target.facts + losses).map { "   " + line($0) }
    }

    private func line(_ fact: ConsentFact) -> String { "\(ConsentText.shown(fact.label)): \(ConsentText.shown(fact.text))" }
}
