import ProcessSupport

/// The environment of a managed server (gateway.md §12): the gateway's without what is the gateway's alone, plus what it is told.
enum ChildEnvironment {
    private static let ownPrefixes = ["MCP_GATEWAY_", "MCP_JWT_", "MCP_DEV_"]

    /// The variables of the server of a service.
    ///
    /// - Parameters:
    ///   - variables: The gateway's.
    ///   - service: The service's name.
    ///   - port: Where it must listen.
    ///   - publicKey: The key that verifies identity assertions, as PEM.
    static func variables(_ variables: Environment, service: String, port: Int, publicKey: String) -> [String: String] {
        var result = variables.variables.filter { variable in
            !ownPrefixes.contains { variable.key.utf8.starts(with: $0.utf8) }
        }
        result["MCP_TRANSPORT"] = "sse"
        result["MCP_HOST"] = "127.0.0.1"
        result["MCP_PORT"] = String(port)
        result["MCP_EXIT_ON_STDIN_CLOSE"] = "1"
        result["MCP_GATEWAY_IDENTITY_PUBLIC_KEY"] = publicKey
        result["MCP_GATEWAY_IDENTITY_AUDIENCE"] = service
        return result
    }
}
