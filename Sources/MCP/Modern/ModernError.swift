public import JSONRPC

extension JSONRPCError {
    /// `-32020`: a routing header is missing, malformed or differs from the body.
    public static func headerMismatch(_ message: String) -> JSONRPCError {
        JSONRPCError(code: JSONRPCError.Code(-32020), message: message)
    }

    /// `-32021`: the request needs a capability that the client did not declare with it.
    public static func missingCapability(_ capabilities: JSONObject) -> JSONRPCError {
        JSONRPCError(
            code: JSONRPCError.Code(-32021),
            message: "The request needs a client capability that was not declared",
            data: ["requiredCapabilities": .object(capabilities)]
        )
    }

    /// `-32022`: the revision is not implemented.
    public static func unsupportedRevision(_ requested: String) -> JSONRPCError {
        JSONRPCError(
            code: JSONRPCError.Code(-32022),
            message: "Unsupported protocol version",
            data: [
                "supported": .array(ProtocolRevision.supported.map { .string($0.rawValue) }),
                "requested": .string(shown(requested)),
            ]
        )
    }

    /// Whether the error is one that tells a client that the server speaks 2026-07-28; over HTTP its status is 400.
    public var isModernRejection: Bool { (-32022 ... -32020).contains(code.rawValue) }
}

extension ProtocolRevision {
    /// All revisions that are served, newest first.
    public static let supported: [ProtocolRevision] = [.v2026_07_28] + legacy.reversed()
}
