public import JSONRPC

/// The answer to `tools/call`.
public struct CallToolResult: Sendable, Hashable {
    /// Content for the model.
    public var content: [ContentBlock]
    /// The result as a value (from 2025-06-18).
    ///
    /// Nil means that there is none; `.null` is a value.
    public var structuredContent: JSONValue?
    /// Whether the call failed in a way that the model should see.
    public var isError: Bool

    /// A result.
    public init(content: [ContentBlock], structuredContent: JSONValue? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
    }

    /// A failure told in one sentence.
    public static func failure(_ text: String) -> CallToolResult { CallToolResult(content: [.text(text)], isError: true) }

    /// The wire form with the members that the revision has; before 2026-07-28 only an object may be structured content.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["content": .array(content.compactMap { $0.json(revision) })]
        if let structuredContent, revision >= .v2026_07_28 || (revision >= .v2025_06_18 && structuredContent.objectValue != nil) {
            object["structuredContent"] = structuredContent
        }
        object["isError"] = .bool(isError)
        return .object(object)
    }
}
