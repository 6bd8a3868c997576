public import JSONRPC

/// Name and version of a client or server, as it reports itself.
///
/// Never a basis for a decision.
public struct Implementation: Sendable, Hashable {
    /// The programmatic name.
    public var name: String
    /// The version.
    public var version: String
    /// The name for people (from 2025-06-18).
    public var title: String?
    /// What it is (from 2025-11-25).
    public var description: String?
    /// Where to read more (from 2025-11-25).
    public var websiteURL: String?

    /// An implementation.
    public init(name: String, version: String, title: String? = nil, description: String? = nil, websiteURL: String? = nil) {
        self.name = name
        self.version = version
        self.title = title
        self.description = description
        self.websiteURL = websiteURL
    }

    /// What a peer says of itself; nil when name or version is missing or no string.
    public init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue, let version = json["version"]?.stringValue else { return nil }
        self.init(
            name: name,
            version: version,
            title: json["title"]?.stringValue,
            description: json["description"]?.stringValue,
            websiteURL: json["websiteUrl"]?.stringValue
        )
    }

    /// The wire form with the members that the revision has.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["name": .string(name), "version": .string(version)]
        if revision >= .v2025_06_18 { object.set("title", title.map(JSONValue.string)) }
        if revision >= .v2025_11_25 {
            object.set("description", description.map(JSONValue.string))
            object.set("websiteUrl", websiteURL.map(JSONValue.string))
        }
        return .object(object)
    }
}
