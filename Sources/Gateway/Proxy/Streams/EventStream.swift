import NIOCore

/// What the gateway knows of an event stream that passes: where events end, and whether its `endpoint` event is still to come.
struct EventStream: Sendable {
    /// What is sent when the stream has been silent, between two events.
    static let keepAlive: StaticString = ": keepalive\n\n"

    /// Rewrites the `endpoint` event; nil where there is none to come.
    private(set) var rewriter: EndpointRewriter?
    /// Where the bytes stand that have been sent.
    private(set) var boundary = EventBoundary()

    /// A stream that begins.
    ///
    /// - Parameter mountPath: The mount, if the stream is one of HTTP+SSE.
    init(endpointUnder mountPath: String?) { rewriter = mountPath.map(EndpointRewriter.init(mountPath:)) }

    /// Whether the `endpoint` event is still to come.
    var awaitsEndpoint: Bool { rewriter != nil }

    /// Whether a comment may be sent now.
    var isBetweenEvents: Bool { boundary.isBetweenEvents }

    /// Takes bytes from the upstream and gives those for the client, which may be none.
    mutating func forward(_ buffer: ByteBuffer, seal: ([UInt8]) -> String?) throws(EndpointRewriter.Problem) -> ByteBuffer {
        guard rewriter != nil else {
            boundary.advance(over: buffer.readableBytesUInt8Span)
            return buffer
        }
        guard let output = try rewriter?.rewrite(buffer, seal: seal) else { return buffer }
        if rewriter?.isDone == true { rewriter = nil }
        boundary.advance(over: output.readableBytesUInt8Span)
        return output
    }

    /// The last comment of a stream, written so that it cuts no line and completes no event that is not complete.
    func lastComment(_ text: StaticString) -> ByteBuffer {
        var buffer = ByteBuffer()
        if !boundary.isAtLineStart { buffer.writeInteger(HTTPByte.lineFeed) }
        buffer.writeStaticString(": ")
        buffer.writeStaticString(text)
        buffer.writeInteger(HTTPByte.lineFeed)
        if boundary.isBetweenEvents { buffer.writeInteger(HTTPByte.lineFeed) }
        return buffer
    }
}
