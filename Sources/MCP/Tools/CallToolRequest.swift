public import JSONRPC

/// `tools/call`.
public struct CallToolRequest: Sendable {
    /// The method's name.
    public static let method = "tools/call"

    /// The tool's name.
    public var name: String
    /// The arguments; empty when the client sent none.
    public var arguments: JSONObject

    /// Reads the parameters.
    ///
    /// - Throws: `-32602` naming the parameter that is missing or of the wrong type.
    public init(params: JSONObject?) throws(JSONRPCError) {
        guard let name = params?["name"]?.stringValue else { throw .invalidParams("params.name must be a string") }
        self.name = name
        switch params?["arguments"] {
        case nil: arguments = [:]
        case .object(let object): arguments = object
        default: throw .invalidParams("params.arguments must be an object")
        }
    }
}
