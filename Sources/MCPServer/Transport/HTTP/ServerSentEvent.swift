import NIOCore

/// The wire form of server-sent events (WHATWG HTML §9.2).
enum ServerSentEvent {
    /// An event whose data is one JSON text, which has no line feed.
    static func message(_ json: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(json.count + 24)
        buffer.writeStaticString("event: message\ndata: ")
        buffer.writeBytes(json)
        buffer.writeStaticString("\n\n")
        return buffer
    }

    /// The first event of an HTTP+SSE stream: where to post.
    static func endpoint(_ path: String) -> ByteBuffer { ByteBuffer(string: "event: endpoint\ndata: \(path)\n\n") }

    /// A comment, which clients ignore.
    static let keepAlive = ByteBuffer(staticString: ": keepalive\n\n")
}
