public import JSONRPC

/// The answer to `tools/list`.
public struct ListToolsResult: Sendable {
    /// The method's name.
    public static let method = "tools/list"

    /// The tools in a fixed order.
    public var tools: [Tool]

    /// A result; all tools are on one page.
    public init(tools: [Tool]) { self.tools = tools }

    /// The wire form.
    public func json(_ revision: ProtocolRevision) -> JSONValue { ["tools": .array(tools.map { $0.json(revision) })] }
}
