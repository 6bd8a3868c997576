public import JSONRPC

/// Something that the server asks of the client while it serves one of the client's requests.
///
/// Up to 2025-11-25 it travels as a JSON-RPC request of its own, from 2026-07-28 on inside an `input_required` result.
public struct InputRequest: Sendable, Hashable {
    /// The method: `elicitation/create`, `sampling/createMessage` or `roots/list`.
    public var method: String
    /// The parameters.
    public var params: JSONObject

    /// A request.
    public init(method: String, params: JSONObject) {
        self.method = method
        self.params = params
    }

    /// Asks the user to fill in a form: a flat object schema of primitives.
    public static func form(_ message: String, schema: JSONObject) -> InputRequest {
        InputRequest(method: "elicitation/create", params: ["message": .string(message), "requestedSchema": .object(schema)])
    }

    /// Asks the client's model.
    public static func sampling(_ params: JSONObject) -> InputRequest {
        InputRequest(method: "sampling/createMessage", params: params)
    }

    /// Asks for the client's roots.
    public static var roots: InputRequest { InputRequest(method: "roots/list", params: [:]) }

    /// The embedded form of 2026-07-28.
    public var json: JSONValue { ["method": .string(method), "params": .object(params)] }

    /// The capability that the client must have declared for this.
    public var requiredCapability: String {
        switch method {
        case "elicitation/create": "elicitation"
        case "sampling/createMessage": "sampling"
        default: "roots"
        }
    }

    /// Whether a client that declared these capabilities may be asked.
    public func isSupported(by capabilities: ClientCapabilities) -> Bool {
        switch method {
        case "elicitation/create": params["mode"] == "url" ? capabilities.urlElicitation : capabilities.formElicitation
        case "sampling/createMessage": capabilities.sampling
        default: capabilities.roots
        }
    }
}
