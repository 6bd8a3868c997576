import NIOCore

/// Rewrites the `endpoint` event, the first event of an HTTP+SSE stream, so that it names the path behind the gateway and a sealed session
/// id (gateway.md §9.3).
///
/// The bytes up to the end of that event are held back until it is complete, however torn they arrive; everything after it passes.
struct EndpointRewriter: Sendable {
    /// Why the stream cannot be forwarded.
    enum Problem: String, Error, Sendable, Hashable {
        case tooLong = "endpoint-event-too-long"
        case notFirst = "endpoint-event-not-first"
        case badData = "endpoint-event-bad-data"
        case noSession = "endpoint-event-without-session"
    }

    /// More bytes than this before the end of the event are refused.
    static let limit = 16_384

    private let mountPath: String
    private var held = ByteBuffer()
    /// Offsets from the reader index of `held`: where the current line begins, and what has been looked at.
    private var lineStart = 0
    private var scanned = 0
    private var endedWithReturn = false
    private var isEndpoint = false
    private var dataLines = 0
    private var data = 0..<0

    /// Whether the event has passed, so that nothing more is to be done.
    private(set) var isDone = false

    /// For a stream under this mount.
    init(mountPath: String) { self.mountPath = mountPath }

    /// Takes what came in and gives what goes out, which is empty until the event is complete.
    ///
    /// - Parameter seal: Makes the client's session id of the server's; nil when the server's is unusable.
    mutating func rewrite(_ buffer: ByteBuffer, seal: ([UInt8]) -> String?) throws(Problem) -> ByteBuffer {
        guard !isDone else { return buffer }
        var buffer = buffer
        held.writeBuffer(&buffer)
        guard let end = try endOfEvent() else {
            guard held.readableBytes <= Self.limit else { throw .tooLong }
            return ByteBuffer()
        }
        guard end <= Self.limit else { throw .tooLong }
        let value = held.getBytes(at: held.readerIndex + data.lowerBound, length: data.count) ?? []
        let target = try Self.target(for: value, mountPath: mountPath, seal: seal)
        var output = ByteBuffer()
        output.reserveCapacity(held.readableBytes + target.utf8.count)
        if let head = held.readSlice(length: data.lowerBound) { output.writeImmutableBuffer(head) }
        held.moveReaderIndex(forwardBy: data.count)
        output.writeString(target)
        output.writeBuffer(&held)
        held = ByteBuffer()
        isDone = true
        return output
    }

    /// Goes over the new bytes; the offset after the event when it is complete.
    private mutating func endOfEvent() throws(Problem) -> Int? {
        let count = held.readableBytes
        while scanned < count {
            let byte = held.readableBytesUInt8Span[scanned]
            scanned += 1
            if endedWithReturn, byte == HTTPByte.lineFeed {
                endedWithReturn = false
                lineStart = scanned
                continue
            }
            endedWithReturn = byte == HTTPByte.carriageReturn
            guard byte == HTTPByte.lineFeed || byte == HTTPByte.carriageReturn else { continue }
            let line = lineStart..<scanned - 1
            lineStart = scanned
            if line.isEmpty {
                if dataLines > 0 {
                    guard isEndpoint else { throw .notFirst }
                    guard dataLines == 1 else { throw .badData }
                    return scanned
                }
                // An event without data does not exist; what it said is forgotten.
                isEndpoint = false
            } else {
                note(line)
            }
        }
        return nil
    }

    private mutating func note(_ line: Range<Int>) {
        let buffer = held
        let bytes = buffer.readableBytesUInt8Span
        var start = line.lowerBound
        if start == 0, line.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = 3 }
        var colon = start
        while colon < line.upperBound, bytes[colon] != HTTPByte.colon { colon += 1 }
        var value = min(colon + 1, line.upperBound)
        if value < line.upperBound, bytes[value] == HTTPByte.space { value += 1 }
        if Self.equal(bytes, start..<colon, "event") {
            isEndpoint = Self.equal(bytes, value..<line.upperBound, "endpoint")
        } else if Self.equal(bytes, start..<colon, "data") {
            dataLines += 1
            data = value..<line.upperBound
        }
    }

    private static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { expected in
            for offset in 0..<expected.count where unsafe bytes[range.lowerBound + offset] != expected[offset] { return false }
            return true
        }
    }

    /// The path and query for the client, whatever path or absolute URL the server sent.
    private static func target(for value: [UInt8], mountPath: String, seal: ([UInt8]) -> String?) throws(Problem) -> String {
        guard value.allSatisfy({ $0 > HTTPByte.space && $0 < HTTPByte.delete }) else { throw .badData }
        let url = value.prefix { $0 != UInt8(ascii: "#") }
        guard let mark = url.firstIndex(of: HTTPByte.questionMark) else { throw .noSession }
        guard let query = SessionQuery.replacing(url[(mark + 1)...], with: seal) else { throw .noSession }
        return "\(mountPath)/messages?\(query)"
    }
}
