import JSONRPC

/// An argument that clients of 2026-07-28 mirror into a header, marked `x-mcp-header` in the tool's input schema.
struct HeaderParameter: Sendable {
    /// The rest of the header's name behind `Mcp-Param-`.
    let header: String
    private let path: [String]
    private let type: String

    /// The marked arguments of a schema.
    ///
    /// - Throws: for a mark that breaks the rules of mcp.md §2.4: no token, not unique, not on a string, integer or boolean, or not reachable
    ///   through `properties` alone.
    static func all(in schema: JSONObject) throws(JSONSchemaError) -> [HeaderParameter] {
        var found: [HeaderParameter] = []
        try collect(schema, [], &found)
        let names = Set(found.map { $0.header.lowercased() })
        guard names.count == found.count else { throw JSONSchemaError(at: "#", "two properties have the same x-mcp-header") }
        guard count(of: .object(schema)) == found.count else {
            throw JSONSchemaError(at: "#", "x-mcp-header must be reachable through properties alone")
        }
        return found
    }

    /// The argument's value; nil when it is absent.
    func value(in arguments: JSONObject) -> JSONValue? {
        var value = JSONValue.object(arguments)
        for name in path {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }

    /// Whether a header's text stands for the value: numbers are compared as numbers.
    func matches(_ text: String, _ value: JSONValue) -> Bool {
        switch value {
        case .string(let string): string.utf8.elementsEqual(text.utf8)
        case .bool(let bool): text == (bool ? "true" : "false")
        case .number(let number): (try? JSONParser.parse(text))?.numberValue == number
        default: false
        }
    }

    private static func collect(_ schema: JSONObject, _ path: [String], _ found: inout [HeaderParameter]) throws(JSONSchemaError) {
        for member in schema["properties"]?.objectValue ?? [:] {
            guard let property = member.value.objectValue else { continue }
            let here = path + [member.key]
            if let mark = property["x-mcp-header"] {
                let place = "#/properties/" + here.joined(separator: "/properties/") + "/x-mcp-header"
                guard let header = mark.stringValue, isToken(header) else {
                    throw JSONSchemaError(at: place, "must be a token (RFC 9110)")
                }
                guard let type = property["type"]?.stringValue, ["string", "integer", "boolean"].contains(type) else {
                    throw JSONSchemaError(at: place, "is allowed on strings, integers and booleans only")
                }
                found.append(HeaderParameter(header: header, path: here, type: type))
            }
            try collect(property, here, &found)
        }
    }

    /// How often the mark stands anywhere in a schema as a keyword with a text.
    private static func count(of value: JSONValue) -> Int {
        switch value {
        case .array(let elements): elements.reduce(0) { $0 + count(of: $1) }
        case .object(let object):
            object.members.reduce(0) { sum, member in
                sum + (member.key == "x-mcp-header" && member.value.stringValue != nil ? 1 : count(of: member.value))
            }
        default: 0
        }
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
