public import JSONRPC

/// One block of content in a tool's result.
public enum ContentBlock: Sendable, Hashable {
    /// Text.
    case text(String)

    /// The wire form.
    public var json: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        }
    }
}
