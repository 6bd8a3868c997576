import NIOCore

/// The wire form of server-sent events (WHATWG HTML §9.2).
enum ServerSentEvent {
    /// An event whose data is one JSON text, which has no line feed.
    static func message(_ json: [UInt8], id: String? = nil) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(json.count + 48)
        if let id {
            buffer.writeStaticString("id: ")
            buffer.writeString(id)
            buffer.writeStaticString("\n")
        }
        buffer.writeStaticString("event: message\ndata: ")
        buffer.writeBytes(json)
        buffer.writeStaticString("\n\n")
        return buffer
    }

    /// The first event of an HTTP+SSE stream: where to post.
    static func endpoint(_ path: String) -> ByteBuffer { ByteBuffer(string: "event: endpoint\ndata: \(path)\n\n") }

    /// An event without data, from which a client can resume, and when it should try (2025-11-25).
    static func priming(id: String) -> ByteBuffer { ByteBuffer(string: "id: \(id)\nretry: 1000\ndata: \n\n") }

    /// A comment, which clients ignore.
    static let keepAlive = ByteBuffer(staticString: ": keepalive\n\n")
}
