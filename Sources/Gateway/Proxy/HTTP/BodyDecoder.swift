import NIOCore

/// Takes a body out of the bytes of a connection, whatever its framing.
struct BodyDecoder: Sendable {
    private enum State: Sendable {
        case none
        case length(Int)
        case chunked(ChunkedDecoder)
        case untilEnd
    }

    private var state: State

    /// At the beginning of a body that is framed like this.
    init(_ framing: BodyFraming) {
        switch framing {
        case .none, .length(0): state = .none
        case .length(let count): state = .length(count)
        case .chunked: state = .chunked(ChunkedDecoder())
        case .untilEnd: state = .untilEnd
        }
    }

    /// Whether the body is complete.
    ///
    /// One that ends with its connection never is.
    var isDone: Bool {
        if case .none = state { return true }
        return false
    }

    /// Whether the end of the connection is the end of the body.
    var endsWithConnection: Bool {
        if case .untilEnd = state { return true }
        return false
    }

    /// Bytes that are still to come, where that is known.
    var remaining: Int? {
        switch state {
        case .none: 0
        case .length(let count): count
        case .chunked, .untilEnd: nil
        }
    }

    /// The next piece of the body, a slice of what came in.
    mutating func next(_ buffer: inout ByteBuffer) throws(MalformedBody) -> ChunkedDecoder.Step {
        switch state {
        case .none:
            return .end
        case .length(let left):
            guard buffer.readableBytes > 0, let slice = buffer.readSlice(length: min(left, buffer.readableBytes)) else { return .needsMore }
            state = slice.readableBytes == left ? .none : .length(left - slice.readableBytes)
            return .data(slice)
        case .untilEnd:
            guard buffer.readableBytes > 0, let slice = buffer.readSlice(length: buffer.readableBytes) else { return .needsMore }
            return .data(slice)
        case .chunked(var decoder):
            // Taken out and put back so that the decoder is changed in place.
            state = .none
            let step = try decoder.next(&buffer)
            if step != .end { state = .chunked(decoder) }
            return step
        }
    }
}
