package import ProcessSupport

/// Which tools a server offers: include first, then exclude, by globs over tool names (servers.md §7.2).
package struct ToolFilter: Sendable {
    /// What the filter decides about one tool.
    package enum Verdict: Sendable, Hashable {
        /// It is offered.
        case kept
        /// No include pattern matches it.
        case notIncluded
        /// This exclude pattern matches it.
        case excluded(by: String)

        /// Why it is dropped; nil when it is kept.
        package var reason: String? {
            switch self {
            case .kept: nil
            case .notIncluded: "not matched by include"
            case .excluded(let pattern): "excluded by '\(pattern)'"
            }
        }
    }

    private let include: [Glob]
    private let exclude: [Glob]

    /// A filter; without patterns it keeps everything.
    package init(include: [Glob] = [], exclude: [Glob] = []) {
        self.include = include
        self.exclude = exclude
    }

    /// What becomes of the tool of that name.
    package func verdict(_ name: String) -> Verdict {
        if !include.isEmpty, !include.contains(where: { $0.matches(name) }) { return .notIncluded }
        if let pattern = exclude.first(where: { $0.matches(name) }) { return .excluded(by: pattern.pattern) }
        return .kept
    }

    /// Sentences about patterns that match nothing, and about two-phase tools that are kept without the tool that confirms.
    package func warnings(_ tools: [CloudTool], confirmTool: String) -> [String] {
        let names = tools.map(\.name)
        var warnings: [String] = []
        for (variable, patterns) in [("MCP_INCLUDE_TOOLS", include), ("MCP_EXCLUDE_TOOLS", exclude)] {
            for pattern in patterns where !names.contains(where: pattern.matches) {
                warnings.append("\(variable): '\(pattern.pattern)' matches no tool")
            }
        }
        let twoPhase = tools.filter { $0.isTwoPhase && verdict($0.name) == .kept }.map(\.name)
        if !twoPhase.isEmpty, verdict(confirmTool) != .kept {
            warnings.append("The tool filter keeps \(twoPhase.joined(separator: ", ")) but drops \(confirmTool): nothing can be confirmed")
        }
        return warnings
    }
}
