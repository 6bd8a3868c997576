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

    /// Looks for headers that an intermediary could have read differently, before anything else is looked at.
    ///
    /// - Throws: `-32020` for a routing header that is repeated.
    func checkRepetition() throws(JSONRPCError) {
        for (values, header) in [(version, "MCP-Protocol-Version"), (method, "Mcp-Method"), (name, "Mcp-Name")] where values.count > 1 {
            throw .headerMismatch("\(header) must be present exactly once")
        }
    }

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

    /// The text that a header value stands for: literal, or base64 between `=?base64?` and `?=`.
    ///
    /// Nil for bad base64, bad UTF-8, and for literal characters other than visible ASCII, space and tab.
    static func decoded(_ value: String) -> String? {
        let bytes = Array(value.utf8)
        let (prefix, suffix) = (Array("=?base64?".utf8), Array("?=".utf8))
        guard bytes.count >= prefix.count + suffix.count, bytes.starts(with: prefix), bytes.suffix(suffix.count).elementsEqual(suffix)
        else {
            return bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 } ? value : nil
        }
        let inner = bytes.dropFirst(prefix.count).dropLast(suffix.count)
        guard let text = Base64.decode(inner, .standard, padding: .required) else { return nil }
        return String(validating: text, as: UTF8.self)
    }
}
