import NIOCore

/// Writes the head of an upstream's response for a client (gateway.md §9.1).
struct ForwardedResponse {
    /// The value of `X-Request-Id`.
    var requestID: String
    /// The client's session id for `Mcp-Session-Id`, if the server gave one out.
    var sessionID: String?
    /// Header fields of the gateway's own for this response (gateway.md §10.2).
    ///
    /// They replace the server's `Access-Control-*`.
    var corsHeaders: [LocalResponse.Field]
    /// How the body is framed towards the client.
    var framing: BodyFraming
    /// Whether the connection is closed after the response.
    var closes: Bool

    /// Writes the head.
    func write(_ bytes: Span<UInt8>, _ head: ResponseHead, _ table: borrowing FieldTable, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeBytes(bytes, head.statusText)
        buffer.writeStaticString("\r\n")
        let replacesCORS = !corsHeaders.isEmpty
        table.copyLines(bytes, to: &buffer) { $0.isRemovedFromResponses || (replacesCORS && $0 == .accessControl) }
        buffer.writeStaticString("X-Request-Id: ")
        buffer.writeString(requestID)
        buffer.writeStaticString("\r\n")
        if let sessionID { buffer.writeField("Mcp-Session-Id", sessionID) }
        for field in corsHeaders { buffer.writeField(field.name, field.value) }
        buffer.writeFraming(framing)
        if closes { buffer.writeStaticString("Connection: close\r\n") }
        buffer.writeStaticString("\r\n")
    }

    /// About how many bytes ``write(_:_:_:to:)`` writes at most.
    func size(_ bytes: Span<UInt8>) -> Int {
        corsHeaders.reduce(bytes.count + requestID.utf8.count + (sessionID?.utf8.count ?? 0) + 160) {
            $0 + $1.name.utf8.count + $1.value.utf8.count + 4
        }
    }
}

extension ByteBuffer {
    /// Writes a header line.
    mutating func writeField(_ name: String, _ value: String) {
        writeString(name)
        writeStaticString(": ")
        writeString(value)
        writeStaticString("\r\n")
    }
}
