public import JSONRPC

/// One block of content in a tool's result or a prompt's message.
public enum ContentBlock: Sendable, Hashable {
    /// Text.
    case text(String)
    /// An image in base64 with its media type.
    case image(data: String, mimeType: String)
    /// A sound in base64 with its media type (from 2025-03-26).
    case audio(data: String, mimeType: String)
    /// A resource with its contents.
    case resource(ResourceContents)
    /// A pointer to a resource that the client may read (from 2025-06-18).
    case resourceLink(Resource)

    /// The wire form; nil for a kind that the revision lacks.
    public func json(_ revision: ProtocolRevision) -> JSONValue? {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let data, let mimeType): ["type": "image", "data": .string(data), "mimeType": .string(mimeType)]
        case .audio(let data, let mimeType):
            revision >= .v2025_03_26 ? ["type": "audio", "data": .string(data), "mimeType": .string(mimeType)] : nil as JSONValue?
        case .resource(let contents): ["type": "resource", "resource": contents.json]
        case .resourceLink(let resource): revision >= .v2025_06_18 ? Self.link(resource.json(revision)) : nil as JSONValue?
        }
    }

    private static func link(_ resource: JSONValue) -> JSONValue {
        var object: JSONObject = ["type": "resource_link"]
        for member in resource.objectValue ?? [:] { object[member.key] = member.value }
        return .object(object)
    }
}
