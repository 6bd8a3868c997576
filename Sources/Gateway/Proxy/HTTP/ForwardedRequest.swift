import NIOCore

/// Writes the head of a request for an upstream (gateway.md §9.1).
struct ForwardedRequest {
    /// The path for the upstream.
    var path: String
    /// The query, with the server's session id; nil when there is none.
    var query: String?
    /// The value of Host.
    var host: String
    /// The value of `MCP-Gateway-Identity`.
    var assertion: String
    /// The value of `X-Request-Id`.
    var requestID: String
    /// The server's session id for `Mcp-Session-Id`, if the request is in a session.
    var sessionID: [UInt8]?
    /// The value of `traceparent` if the client's is missing or malformed; then its `tracestate` does not pass either.
    var newTrace: String?

    /// Writes the head: the line and the headers that are set here, then every header of the client that passes, then the framing.
    func write(_ bytes: Span<UInt8>, _ head: RequestHead, _ table: borrowing FieldTable, to buffer: inout ByteBuffer) {
        buffer.writeBytes(bytes, head.method)
        buffer.writeInteger(HTTPByte.space)
        buffer.writeString(path)
        if let query {
            buffer.writeInteger(HTTPByte.questionMark)
            buffer.writeString(query)
        }
        buffer.writeStaticString(" HTTP/1.1\r\nHost: ")
        buffer.writeString(host)
        buffer.writeStaticString("\r\nMCP-Gateway-Identity: ")
        buffer.writeString(assertion)
        buffer.writeStaticString("\r\nX-Request-Id: ")
        buffer.writeString(requestID)
        buffer.writeStaticString("\r\n")
        if let sessionID {
            buffer.writeStaticString("Mcp-Session-Id: ")
            buffer.writeBytes(sessionID)
            buffer.writeStaticString("\r\n")
        }
        if let newTrace {
            buffer.writeStaticString("traceparent: ")
            buffer.writeString(newTrace)
            buffer.writeStaticString("\r\n")
        }
        let replacesTrace = newTrace != nil
        table.copyLines(bytes, to: &buffer) { $0.isRemovedFromRequests || (replacesTrace && $0.isTraceContext) }
        buffer.writeFraming(head.framing)
        buffer.writeStaticString("\r\n")
    }

    /// About how many bytes ``write(_:_:_:to:)`` writes at most.
    func size(_ bytes: Span<UInt8>) -> Int {
        bytes.count + path.utf8.count + (query?.utf8.count ?? 0) + host.utf8.count + assertion.utf8.count + requestID.utf8.count
            + (sessionID?.count ?? 0) + (newTrace?.utf8.count ?? 0) + 176
    }
}

extension FieldTable {
    /// Copies the lines that pass, as they are, in runs as long as possible.
    ///
    /// Those named by `Connection` never pass.
    func copyLines(_ bytes: Span<UInt8>, to buffer: inout ByteBuffer, except isRemoved: (FieldKind) -> Bool) {
        var run = 0..<0
        for field in fields {
            if isRemoved(field.kind) || isNamedByConnection(field, bytes) {
                if !run.isEmpty { buffer.writeBytes(bytes, run) }
                run = 0..<0
            } else {
                run = (run.isEmpty ? Int(field.start) : run.lowerBound)..<Int(field.end)
            }
        }
        if !run.isEmpty { buffer.writeBytes(bytes, run) }
    }
}

extension ByteBuffer {
    /// Writes a part of the bytes.
    mutating func writeBytes(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        unsafe bytes.extracting(range).withUnsafeBytes { _ = unsafe writeBytes($0) }
    }

    /// Writes the header that says how the body is framed; nothing for a body that ends with the connection, or none.
    mutating func writeFraming(_ framing: BodyFraming) {
        switch framing {
        case .none, .untilEnd: break
        case .length(let count):
            writeStaticString("Content-Length: ")
            writeDecimal(count)
            writeStaticString("\r\n")
        case .chunked: writeStaticString("Transfer-Encoding: chunked\r\n")
        }
    }

    /// Writes a number that is not negative, in decimal digits.
    mutating func writeDecimal(_ number: Int) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            writeInteger(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// Writes the line that begins a chunk of this many bytes.
    mutating func writeChunkSize(_ count: Int) {
        var shift = max((Int.bitWidth - count.leadingZeroBitCount + 3) / 4 * 4 - 4, 0)
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: count >> shift & 15)
            writeInteger(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            shift -= 4
        }
        writeStaticString("\r\n")
    }
}
