import AuthCommon
import FoundationEssentials
import JSONRPC
import MCP
import MCPServer
import ProcessSupport

/// One server's section of docs/TOOLS.md: what its clients are shown, as Markdown.
///
/// It is made of the very definitions that `tools/list` answers with, under the approval policy that is the default.
struct ToolReference {
    private let tools: [(declared: CloudTool, shown: Tool)]
    private let heading: String
    /// The forms of what an execution returns, told once, with the confirm tool.
    private let confirmTool: (name: String, forms: [JSONObject])?

    /// The reference of the tools that are offered.
    ///
    /// - Throws: when an input schema is no valid schema, which is a bug of its declaration.
    init<Definition: CloudServerDefinition>(_: Definition.Type, _ toolbox: Toolbox) throws(JSONSchemaError) {
        let environment = ToolEnvironment(
            log: .disabled,
            errorText: ErrorText(redactor: Redactor(secrets: [])),
            approvals: .unused(service: Definition.service),
            monotonic: { .zero },
            date: { Date(timeIntervalSince1970: 0) },
            newCallID: { "" }
        )
        let shown = try toolbox.serverTools(environment)
        tools = zip(toolbox.kept, shown).map { ($0, $1.definition) }
        heading = "## `\(Definition.executable)`\n\n\(Markdown.text(Definition.abstract))"
        let confirm = toolbox.all.first { $0.name == environment.approvals.confirmTool }
        confirmTool = confirm.map { ($0.name, Self.forms($0.output)) }
    }

    /// The section, which ends with a line feed.
    var text: String {
        let summary = Markdown.table(
            ["tool", "does", "minimum role", "read-only", "destructive", "idempotent", "open world", "two-phase"],
            tools.map { tool in
                let hints = tool.shown.annotations
                return [
                    Markdown.code(tool.shown.name), Markdown.text(tool.shown.title ?? ""), role(tool.declared),
                    answer(hints?.readOnlyHint), answer(hints?.destructiveHint), answer(hints?.idempotentHint),
                    answer(hints?.openWorldHint), answer(tool.declared.isTwoPhase),
                ]
            }
        )
        return ([heading, summary] + tools.map(section)).joined(separator: "\n\n") + "\n"
    }

    private func section(_ tool: (declared: CloudTool, shown: Tool)) -> String {
        [
            "### `\(tool.shown.name)`", Markdown.text(tool.shown.description ?? ""), parameters(tool.shown.inputSchema),
            results(tool.shown),
        ]
        .joined(separator: "\n\n")
    }

    private func role(_ tool: CloudTool) -> String {
        switch tool.role {
        case .fixed(let role): role.rawValue
        case .deciding(let listed, _): "\(listed.rawValue); more for some arguments"
        }
    }

    private func answer(_ value: Bool?) -> String { value == true ? "yes" : "no" }

    private func parameters(_ schema: JSONObject) -> String {
        let rows = SchemaRow.all(in: schema)
        if rows.isEmpty { return "No parameters." }
        return "**Parameters**\n\n"
            + Markdown.table(
                ["parameter", "type", "default", "bounds", "meaning"],
                rows.map { row in
                    let value = row.schema["default"].map { Markdown.code($0.text()) } ?? (row.isRequired ? "required" : "–")
                    return [
                        Markdown.code(row.path), SchemaWording.type(row.schema), value, SchemaWording.bounds(row.schema),
                        SchemaWording.meaning(row.schema),
                    ]
                }
            )
    }

    private func results(_ tool: Tool) -> String {
        let data = tool.outputSchema?["oneOf"]?.arrayValue?.first?.objectValue?["properties"]?.objectValue?["data"]?.objectValue
        let all = Self.forms(data ?? [:])
        let elsewhere = tool.name == confirmTool?.name ? [] : confirmTool?.forms ?? []
        let here = all.filter { !elsewhere.contains($0) }
        var parts = here.enumerated().map { index, form in
            let title = here.count == 1 ? "**Result**" : "**Result, form \(index + 1)**"
            return title + (Self.isPreview(form) ? ": a preview that waits for approval" : "") + "\n\n" + table(form)
        }
        if here.count < all.count, let name = confirmTool?.name {
            parts.append("Where the user is asked in the call, the result is that of \(Markdown.code(name)).")
        }
        return parts.joined(separator: "\n\n")
    }

    private func table(_ form: JSONObject) -> String {
        let rows = SchemaRow.all(in: form)
        if rows.isEmpty { return Markdown.text(SchemaWording.type(form)) }
        return Markdown.table(
            ["member of `data`", "type", "present", "meaning"],
            rows.map { row in
                [
                    Markdown.code(row.path), SchemaWording.type(row.schema), row.isRequired ? "always" : "if any",
                    [SchemaWording.bounds(row.schema), SchemaWording.meaning(row.schema)].filter { !$0.isEmpty }.joined(separator: "; "),
                ]
            }
        )
    }

    /// The alternatives that a schema of `data` has, each once.
    private static func forms(_ schema: JSONObject) -> [JSONObject] {
        guard let shapes = schema["anyOf"]?.arrayValue else { return [schema] }
        return shapes.compactMap(\.objectValue).flatMap(forms).reduce(into: []) { forms, form in
            if !forms.contains(form) { forms.append(form) }
        }
    }

    private static func isPreview(_ form: JSONObject) -> Bool {
        form["properties"]?.objectValue?["status"]?.objectValue?["const"] == "pending_approval"
    }
}
