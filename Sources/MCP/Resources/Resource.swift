public import JSONRPC

/// A resource as `resources/list` shows it.
public struct Resource: Sendable, Hashable {
    /// The URI to read it by.
    public var uri: String
    /// The programmatic name.
    public var name: String
    /// The name for people (from 2025-06-18).
    public var title: String?
    /// What it is.
    public var description: String?
    /// Its media type.
    public var mimeType: String?

    /// A resource.
    public init(uri: String, name: String, title: String? = nil, description: String? = nil, mimeType: String? = nil) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
    }

    /// The wire form.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["uri": .string(uri), "name": .string(name)]
        if revision >= .v2025_06_18 { object.set("title", title.map(JSONValue.string)) }
        object.set("description", description.map(JSONValue.string))
        object.set("mimeType", mimeType.map(JSONValue.string))
        return .object(object)
    }
}
