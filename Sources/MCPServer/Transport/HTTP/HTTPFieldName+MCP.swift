public import HTTPTypes

extension HTTPField.Name {
    /// The session id of Streamable HTTP (2025-03-26 to 2025-11-25).
    public static let mcpSessionID = token("Mcp-Session-Id")
    /// The revision of the message (from 2025-06-18).
    public static let mcpProtocolVersion = token("MCP-Protocol-Version")
    /// The method of a request (2026-07-28).
    public static let mcpMethod = token("Mcp-Method")
    /// The tool, prompt or resource that a request names (2026-07-28).
    public static let mcpName = token("Mcp-Name")
    /// The event after which a stream is resumed (2025-03-26 to 2025-11-25).
    public static let lastEventID = token("Last-Event-ID")
    /// The trace that a request belongs to (W3C Trace Context), for correlation in logs.
    static let traceParent = token("traceparent")
    /// A request's id, for correlation in logs.
    static let xRequestID = token("X-Request-Id")
    /// Tells nginx not to buffer the response.
    static let xAccelBuffering = token("X-Accel-Buffering")

    private static func token(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no field name") }
        return name
    }
}
