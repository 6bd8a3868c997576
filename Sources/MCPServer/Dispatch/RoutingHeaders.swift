import JSONRPC
import MCP
import ProcessSupport

/// The headers by which intermediaries route requests of 2026-07-28.
///
/// They must say what the body says (mcp.md §2.4).
struct RoutingHeaders: Sendable {
    /// The values of `MCP-Protocol-Version`, one a header line.
    var version: [String]
    /// The values of `Mcp-Method`.
    var method: [String]
    /// The values of `Mcp-Name`.
    var name: [String]
    /// The values of `Mcp-Param-*`, by the lower-case rest of the name.
    var parameters: [String: [String]]

    /// Compares version, method and name.
    ///
    /// - Throws: `-32020` for what is missing, repeated, malformed or different.
    func check(_ request: JSONRPCRequest, version expected: String) throws(JSONRPCError) {
        try Self.require(version, "MCP-Protocol-Version", expected)
        try Self.require(method, "Mcp-Method", request.method)
        switch request.method {
        case CallToolRequest.method, "prompts/get":
            try Self.requireName(name, request.params?["name"]?.stringValue)
        case "resources/read": try Self.requireName(name, request.params?["uri"]?.stringValue)
        default: break
        }
    }

    /// Compares the arguments that a tool mirrors into headers.
    ///
    /// - Throws: `-32020` as above, also for a header whose argument is absent.
    func check(_ mirrored: [HeaderParameter], _ arguments: JSONObject) throws(JSONRPCError) {
        for parameter in mirrored {
            let values = parameters[parameter.header.lowercased()] ?? []
            let name = "Mcp-Param-\(parameter.header)"
            guard let argument = parameter.value(in: arguments), !argument.isNull else {
                guard values.isEmpty else { throw .headerMismatch("\(name) is present although its argument is not") }
                continue
            }
            guard let value = values.first, values.count == 1 else {
                throw .headerMismatch("\(name) must be present exactly once")
            }
            guard let text = Self.decoded(value), parameter.matches(text, argument) else {
                throw .headerMismatch("\(name) differs from the argument")
            }
        }
    }

    private static func require(_ values: [String], _ header: String, _ expected: String) throws(JSONRPCError) {
        guard let value = values.first, values.count == 1 else { throw .headerMismatch("\(header) must be present exactly once") }
        guard value.utf8.elementsEqual(expected.utf8) else { throw .headerMismatch("\(header) differs from the body") }
    }

    private static func requireName(_ values: [String], _ expected: String?) throws(JSONRPCError) {
        // A body without the name is invalid for another reason, which is told later.
        guard let expected else { return }
        guard let value = values.first, values.count == 1 else { throw .headerMismatch("Mcp-Name must be present exactly once") }
        guard let name = decoded(value), name.utf8.elementsEqual(expected.utf8) else {
            throw .headerMismatch("Mcp-Name differs from the body")
        }
    }

    /// The text that a header value stands for: literal, or base64 between `=?base64?` and `?=`; nil for bad base64 or bad UTF-8.
    static func decoded(_ value: String) -> String? {
        guard value.hasPrefix("=?base64?"), value.hasSuffix("?="), value.utf8.count >= 11 else { return value }
        let inner = String(value.dropFirst(9).dropLast(2))
        guard let bytes = Base64.decode(inner, .standard, padding: .required) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
