/// Cuts a stream of bytes into lines, as a value without a file descriptor (stdio transport, all revisions).
///
/// A line longer than the limit is reported once and skipped to its end, so that the stream stays in step.
struct LineFramer: Sendable {
    /// What the bytes contained.
    enum Frame: Sendable, Equatable {
        /// A line without its line feed, and without a carriage return before it.
        case line([UInt8])
        /// A line that exceeded the limit.
        case tooLong
    }

    let limit: Int
    private var pending: [UInt8] = []
    private var skipping = false

    init(limit: Int) { self.limit = limit }

    /// Takes bytes and returns the frames that they complete.
    ///
    /// Lines of nothing but white space are dropped.
    mutating func append(_ bytes: some Collection<UInt8>) -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            finish(rest[..<end], &frames)
            rest = rest[rest.index(after: end)...]
        }
        hold(rest, &frames)
        return frames
    }

    /// The end of the stream: a last line without a line feed counts.
    mutating func end() -> [Frame] {
        var frames: [Frame] = []
        finish([], &frames)
        return frames
    }

    private mutating func finish(_ bytes: some Collection<UInt8>, _ frames: inout [Frame]) {
        hold(bytes, &frames)
        if skipping {
            skipping = false
            return
        }
        if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
        if !pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { frames.append(.line(pending)) }
        pending = []
    }

    private mutating func hold(_ bytes: some Collection<UInt8>, _ frames: inout [Frame]) {
        guard !skipping else { return }
        if pending.count + bytes.count > limit {
            skipping = true
            pending = []
            frames.append(.tooLong)
        } else {
            pending.append(contentsOf: bytes)
        }
    }
}
