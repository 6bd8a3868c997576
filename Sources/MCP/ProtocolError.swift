public import JSONRPC

extension JSONRPCError {
    /// `-32601` for a method that the server does not have.
    public static func methodNotFound(_ method: String) -> JSONRPCError {
        JSONRPCError(code: .methodNotFound, message: "Method not found: \(Self.shown(method))")
    }

    /// `-32602` with a sentence that names the parameter.
    public static func invalidParams(_ message: String, data: JSONValue? = nil) -> JSONRPCError {
        JSONRPCError(code: .invalidParams, message: message, data: data)
    }

    /// `-32600` with a sentence that names the fault.
    public static func invalidRequest(_ message: String) -> JSONRPCError {
        JSONRPCError(code: .invalidRequest, message: message)
    }

    /// A name from the client as it may stand in a message: at most 128 scalars and no control characters.
    public static func shown(_ name: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in name.unicodeScalars.prefix(128) {
            text.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar)
        }
        return String(text)
    }
}
