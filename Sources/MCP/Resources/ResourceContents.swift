public import JSONRPC

/// What a resource contains.
public struct ResourceContents: Sendable, Hashable {
    /// Text, or bytes in base64.
    public enum Body: Sendable, Hashable {
        case text(String)
        case blob(String)
    }

    /// The URI that was read.
    public var uri: String
    /// The media type.
    public var mimeType: String?
    /// The contents.
    public var body: Body

    /// Contents.
    public init(uri: String, mimeType: String?, body: Body) {
        self.uri = uri
        self.mimeType = mimeType
        self.body = body
    }

    /// The wire form.
    public var json: JSONValue {
        var object: JSONObject = ["uri": .string(uri)]
        object.set("mimeType", mimeType.map(JSONValue.string))
        switch body {
        case .text(let text): object["text"] = .string(text)
        case .blob(let base64): object["blob"] = .string(base64)
        }
        return .object(object)
    }
}
