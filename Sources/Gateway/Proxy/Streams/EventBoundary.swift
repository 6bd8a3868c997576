/// Follows the bytes of an event stream and knows whether something may be put between two of them.
///
/// Lines end with CRLF, LF or CR (HTML Living Standard §9.2.5). A comment is no part of an event.
struct EventBoundary: Sendable, Hashable {
    private enum Line: Sendable, Hashable { case start, comment, field }

    private var line = Line.start
    /// Whether a field has been seen since the last empty line.
    private var isInEvent = false
    /// Whether a line feed that comes next belongs to the line that has just ended.
    private var endedWithReturn = false

    /// At the beginning of a stream.
    init() {}

    /// Whether the next byte begins a line.
    var isAtLineStart: Bool { line == .start }

    /// Whether no event has begun that is not complete.
    var isBetweenEvents: Bool { line == .start && !isInEvent }

    /// Follows the bytes of a chunk that is sent.
    mutating func advance(over bytes: Span<UInt8>) {
        let count = bytes.count
        if count >= 2, bytes[count - 1] == HTTPByte.lineFeed {
            // An empty line at the end makes everything before it irrelevant; this is how nearly every chunk of a stream ends.
            let before = bytes[count - 2]
            let isEmptyLine =
                before == HTTPByte.lineFeed
                || (count >= 4 && before == HTTPByte.carriageReturn && bytes[count - 3] == HTTPByte.lineFeed)
            if isEmptyLine {
                self = EventBoundary()
                return
            }
        }
        for index in 0..<count { advance(over: bytes[index]) }
    }

    private mutating func advance(over byte: UInt8) {
        if endedWithReturn, byte == HTTPByte.lineFeed {
            endedWithReturn = false
            return
        }
        endedWithReturn = byte == HTTPByte.carriageReturn
        switch byte {
        case HTTPByte.lineFeed, HTTPByte.carriageReturn:
            switch line {
            case .start: isInEvent = false
            case .field: isInEvent = true
            case .comment: break
            }
            line = .start
        default:
            if line == .start { line = byte == HTTPByte.colon ? .comment : .field }
        }
    }
}
