/// Finds the end of a head in bytes that arrive torn, looking at each byte once.
///
/// Every line must end with CRLF: a line feed alone is refused as soon as it is seen, because a peer that accepts it would see the end of
/// the head elsewhere (gateway.md §10.3).
struct HeadScanner: Sendable {
    /// What is known after a look at the bytes so far.
    enum Outcome: Equatable {
        /// The head is not complete.
        case incomplete
        /// The head takes this many bytes, the empty line included.
        case complete(Int)
        /// A line feed without a carriage return before it.
        case bareLineFeed
    }

    /// Where the line that is not complete yet begins.
    private var lineStart = 0
    /// Bytes before this place have been looked at.
    private var scanned = 0
    /// Length of the first line without its CRLF, as soon as it is complete.
    private(set) var firstLine: Int?

    /// Whether nothing has been looked at.
    var isAtStart: Bool { scanned == 0 }

    /// Nothing scanned.
    init() {}

    /// Goes on with the bytes of this head; they begin with the same bytes as before.
    mutating func scan(_ bytes: Span<UInt8>) -> Outcome {
        while let feed = HTTPByte.firstIndex(of: HTTPByte.lineFeed, in: bytes, from: scanned) {
            guard feed > lineStart, bytes[feed - 1] == HTTPByte.carriageReturn else { return .bareLineFeed }
            let length = feed - 1 - lineStart
            scanned = feed + 1
            if firstLine == nil {
                firstLine = length
            } else if length == 0 {
                return .complete(scanned)
            }
            lineStart = scanned
        }
        scanned = bytes.count
        return .incomplete
    }
}
