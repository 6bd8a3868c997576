import NIOCore

/// Decodes the chunked transfer coding (RFC 9112 §7.1), strictly: every line ends with CRLF, sizes are hexadecimal digits and nothing
/// else, extensions and trailers are checked and dropped.
///
/// Reading is incremental; the data is handed out as slices of the bytes that came in, without a copy.
struct ChunkedDecoder: Sendable {
    /// What comes next in a body.
    enum Step: Equatable {
        /// A piece of the body, never empty.
        case data(ByteBuffer)
        /// All bytes are used up.
        case needsMore
        /// The body is complete. The rest of the bytes belongs to the next message.
        case end
    }

    private enum State: Sendable {
        case size(value: Int, digits: Int)
        case extensions(value: Int)
        case sizeFeed(value: Int)
        case data(Int)
        case dataReturn, dataFeed
        case trailerStart
        case trailerName
        case trailerValue
        case trailerFeed
        case lastFeed
        case done
    }

    /// Bytes of extensions and trailers that one body may have; they are of no use to anyone behind a proxy.
    static let overheadLimit = 8_192

    private var state = State.size(value: 0, digits: 0)
    private var overhead = 0

    /// At the beginning of a body.
    init() {}

    /// Whether the body is complete.
    var isDone: Bool {
        if case .done = state { return true }
        return false
    }

    /// Goes on with the bytes that came in.
    ///
    /// - Throws: ``MalformedBody`` when the framing is broken; the decoder must not be used any more.
    mutating func next(_ buffer: inout ByteBuffer) throws(MalformedBody) -> Step {
        if case .data(let left) = state { return data(&buffer, left) }
        var used = 0
        let outcome = try scan(buffer.readableBytesUInt8Span, &used)
        buffer.moveReaderIndex(forwardBy: used)
        switch outcome {
        case .data(let size): return data(&buffer, size)
        case .done: return .end
        default: return .needsMore
        }
    }

    private mutating func data(_ buffer: inout ByteBuffer, _ left: Int) -> Step {
        let count = min(left, buffer.readableBytes)
        guard count > 0, let slice = buffer.readSlice(length: count) else {
            state = .data(left)
            return .needsMore
        }
        state = count == left ? .dataReturn : .data(left - count)
        return .data(slice)
    }

    /// Consumes framing until data begins, the body ends, or the bytes do.
    private mutating func scan(_ bytes: Span<UInt8>, _ used: inout Int) throws(MalformedBody) -> State {
        while true {
            if case .data = state { return state }
            if case .done = state { return state }
            guard used < bytes.count else { return state }
            let byte = bytes[used]
            used += 1
            state = try after(byte)
        }
    }

    private mutating func after(_ byte: UInt8) throws(MalformedBody) -> State {
        switch state {
        case .size(let value, let digits):
            if let digit = HTTPByte.hexadecimalValue(byte) {
                guard digits < 15 else { throw .chunkSize }
                return .size(value: value << 4 | Int(digit), digits: digits + 1)
            }
            guard digits > 0 else { throw .chunkSize }
            switch byte {
            case HTTPByte.carriageReturn: return .sizeFeed(value: value)
            case UInt8(ascii: ";"): return .extensions(value: value)
            default: throw .chunkSize
            }
        case .extensions(let value):
            try count(byte)
            return byte == HTTPByte.carriageReturn ? .sizeFeed(value: value) : state
        case .sizeFeed(let value):
            guard byte == HTTPByte.lineFeed else { throw .chunkSize }
            return value == 0 ? .trailerStart : .data(value)
        case .dataReturn:
            guard byte == HTTPByte.carriageReturn else { throw .chunkEnd }
            return .dataFeed
        case .dataFeed:
            guard byte == HTTPByte.lineFeed else { throw .chunkEnd }
            return .size(value: 0, digits: 0)
        case .trailerStart:
            if byte == HTTPByte.carriageReturn { return .lastFeed }
            try count(byte)
            guard Self.isTokenByte(byte) else { throw .trailer }
            return .trailerName
        case .trailerName:
            try count(byte)
            if byte == HTTPByte.colon { return .trailerValue }
            guard Self.isTokenByte(byte) else { throw .trailer }
            return state
        case .trailerValue:
            try count(byte)
            return byte == HTTPByte.carriageReturn ? .trailerFeed : state
        case .trailerFeed:
            guard byte == HTTPByte.lineFeed else { throw .trailer }
            return .trailerStart
        case .lastFeed:
            guard byte == HTTPByte.lineFeed else { throw .chunkEnd }
            return .done
        case .data, .done:
            return state
        }
    }

    /// Counts a byte of an extension or a trailer, which may be anything but a control character.
    private mutating func count(_ byte: UInt8) throws(MalformedBody) {
        overhead += 1
        guard overhead <= Self.overheadLimit else { throw .tooMuchOverhead }
        guard byte >= HTTPByte.space || byte == HTTPByte.tab || byte == HTTPByte.carriageReturn, byte != HTTPByte.delete else {
            throw .controlCharacter
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
