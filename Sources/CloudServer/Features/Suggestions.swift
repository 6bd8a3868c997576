/// Where the suggestions for an argument come from.
///
/// They are cheap, at most one call of the cloud, and a convenience: whatever goes wrong, there are none.
package struct Suggestions: Sendable {
    /// What has been typed.
    package struct Input: Sendable {
        /// So far, of this argument.
        package let typed: String
        /// The arguments that are settled already.
        package let settled: [String: String]

        /// An input.
        package init(typed: String, settled: [String: String] = [:]) {
            self.typed = typed
            self.settled = settled
        }
    }

    /// The tool that a caller must be allowed to use; nil: the values are no secret.
    package let tool: String?
    /// The values, best first; they are cleaned and cut by ``ServedFeatures``.
    package let values: @Sendable (Input, ToolContext) async throws -> [String]

    /// Values that a caller may see who may use the tool.
    package init(allowedBy tool: String?, _ values: @escaping @Sendable (Input, ToolContext) async throws -> [String]) {
        self.tool = tool
        self.values = values
    }

    /// A fixed list.
    package static func fixed(_ values: [String]) -> Suggestions {
        Suggestions(allowedBy: nil) { input, _ in input.matches(in: values) }
    }
}

extension Suggestions.Input {
    /// The values that begin with what was typed, then those that contain it; letter case does not matter.
    package func matches(in values: [String]) -> [String] {
        let typed = typed.lowercased()
        if typed.isEmpty { return values }
        let lowered = values.map { ($0, $0.lowercased()) }
        let first = lowered.filter { $0.1.hasPrefix(typed) }
        let second = lowered.filter { !$0.1.hasPrefix(typed) && $0.1.contains(typed) }
        return (first + second).map(\.0)
    }
}
