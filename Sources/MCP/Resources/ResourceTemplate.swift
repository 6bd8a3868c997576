public import JSONRPC

/// A family of resources whose URIs follow a template (RFC 6570, level 1).
public struct ResourceTemplate: Sendable, Hashable {
    /// The template, for example `huaweicloud://ecs/servers/{id}`.
    public var uriTemplate: String
    /// The programmatic name.
    public var name: String
    /// The name for people (from 2025-06-18).
    public var title: String?
    /// What the resources are.
    public var description: String?
    /// The media type of all of them.
    public var mimeType: String?

    /// A template.
    public init(uriTemplate: String, name: String, title: String? = nil, description: String? = nil, mimeType: String? = nil) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
    }

    /// The wire form.
    public func json(_ revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["uriTemplate": .string(uriTemplate), "name": .string(name)]
        if revision >= .v2025_06_18 { object.set("title", title.map(JSONValue.string)) }
        object.set("description", description.map(JSONValue.string))
        object.set("mimeType", mimeType.map(JSONValue.string))
        return .object(object)
    }

    /// The values of the template's variables in a URI, percent-decoded; nil when the URI does not follow the template.
    ///
    /// A variable stands for one or more bytes up to the next `/`, `?`, `#` or the byte that follows it in the template. A value may hold any
    /// of them where the URI has them percent-encoded, so it is as hostile as any other input.
    public func match(_ uri: String) -> [String: String]? {
        var values: [String: String] = [:]
        // Bytes, not characters: a combining mark behind a slash makes another character of it, but no other URI.
        var rest = Array(uri.utf8)[...]
        var template = Array(uriTemplate.utf8)[...]
        while let open = template.firstIndex(of: UInt8(ascii: "{")), let close = template[open...].firstIndex(of: UInt8(ascii: "}")) {
            guard rest.starts(with: template[..<open]) else { return nil }
            rest = rest.dropFirst(open - template.startIndex)
            let name = String(decoding: template[(open + 1)..<close], as: UTF8.self)
            template = template[(close + 1)...]
            let end = rest.firstIndex { "/?#".utf8.contains($0) || $0 == template.first } ?? rest.endIndex
            guard end > rest.startIndex, let value = Self.decoded(rest[..<end]) else { return nil }
            values[name] = value
            rest = rest[end...]
        }
        return rest.elementsEqual(template) ? values : nil
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(hex), let low = iterator.next().flatMap(hex) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
