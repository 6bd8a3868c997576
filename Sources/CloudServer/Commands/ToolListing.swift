import AuthCommon
import JSONRPC

/// What `--list-tools` prints (servers.md §7.2).
enum ToolListing {
    /// One line per tool: name, minimum role, `kept` or `dropped` and why.
    static func text(_ toolbox: Toolbox) -> String {
        let width = toolbox.all.map(\.name.count).max() ?? 0
        return toolbox.all.map { tool in
            let verdict = toolbox.filter.verdict(tool.name)
            let fate = verdict.reason.map { "dropped: \($0)" } ?? "kept"
            return "\(padded(tool.name, to: width))  \(padded(tool.role.minimum.rawValue, to: 8))  \(fate)\n"
        }
        .joined()
    }

    /// An array of `{name, minimum_role, kept, reason}`; `reason` is null for a tool that is kept.
    static func json(_ toolbox: Toolbox) -> String {
        let rows = toolbox.all.map { tool -> JSONValue in
            let verdict = toolbox.filter.verdict(tool.name)
            return [
                "name": .string(tool.name),
                "minimum_role": .string(tool.role.minimum.rawValue),
                "kept": .bool(verdict == .kept),
                "reason": .optional(verdict.reason),
            ]
        }
        return JSONValue.array(rows).text(.pretty(indent: 2)) + "\n"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
