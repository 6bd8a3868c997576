import DequeModule
import JSONRPC
import NIOCore
import Synchronization

/// The events of one stream, sent to whoever holds it at the moment and, when they are numbered, kept for resumption (mcp.md §2.3).
///
/// Bounded in events and in bytes: of a numbered stream the last events are kept, a reader that falls behind loses its connection and can
/// resume. A stream without numbers keeps events only until its first reader comes.
final class EventStream: MessageSink {
    private struct Reader {
        var id: Int
        var continuation: AsyncStream<ByteBuffer>.Continuation
        /// What was handed over and is not on the wire yet.
        var queuedBytes = 0

        /// Hands an event over; false when the reader is too far behind.
        mutating func take(_ event: ByteBuffer) -> Bool {
            guard queuedBytes < EventStream.maximumBytes else { return false }
            guard case .enqueued = continuation.yield(event) else { return false }
            queuedBytes += event.readableBytes
            return true
        }
    }

    private struct State {
        var kept: Deque<(number: Int, event: ByteBuffer)> = []
        var keptBytes = 0
        var lastNumber = 0
        /// The last event that was handed to a reader; a new reader who does not resume gets what follows.
        var lastHandedOver = 0
        var isFinished = false
        var isHungUp = false
        var reader: Reader?
        var readerCount = 0
        var lastEvent = ContinuousClock.now
    }

    /// A reader that is so many bytes behind gets nothing more.
    static let maximumBytes = 8 << 20

    /// How many bytes of events are kept; the last event always is.
    static let keptBytes = 4 << 20

    /// The stream's part of its events' ids, unique within the session; nil for events without ids.
    let name: String?
    private let primes: Bool
    private let limit: Int
    private let state = Mutex(State())

    /// A stream.
    ///
    /// - Parameters:
    ///   - primes: Whether a new reader first gets an event without data, from which it can resume (2025-11-25).
    ///   - limit: How many events are kept.
    init(name: String?, primes: Bool = false, limit: Int = 256) {
        self.name = name
        self.primes = primes
        self.limit = limit
    }

    /// Sends a message as an event.
    func send(_ message: JSONRPCMessage) async { send(message.bytes()) }

    /// Sends a JSON text as an event.
    func send(_ json: [UInt8]) {
        state.withLock { state in
            guard !state.isFinished else { return }
            state.lastNumber += 1
            state.lastEvent = .now
            let event = ServerSentEvent.message(json, id: name.map { "\($0)-\(state.lastNumber)" })
            deliver(event, number: state.lastNumber, &state)
        }
    }

    /// Sends an event that is already encoded and is no message.
    func send(raw event: ByteBuffer) {
        state.withLock { state in
            guard !state.isFinished else { return }
            deliver(event, number: state.lastNumber, &state)
        }
    }

    /// Sends a comment to the reader if nothing was sent for so long.
    func keepAlive(after silence: Duration) {
        state.withLock { state in
            guard state.lastEvent.duration(to: .now) >= silence else { return }
            state.lastEvent = .now
            _ = state.reader?.take(ServerSentEvent.keepAlive)
        }
    }

    /// Ends the stream: the reader's connection ends after what is queued, and so does that of one who resumes.
    func finish() {
        state.withLock { state in
            state.isFinished = true
            state.reader?.continuation.finish()
            state.reader = nil
        }
    }

    /// Ends the reader's connection but not the stream.
    func hangUp() async {
        guard name != nil else { return }
        state.withLock { state in
            if let reader = state.reader {
                reader.continuation.finish()
                state.reader = nil
            } else {
                state.isHungUp = state.readerCount == 0
            }
        }
    }

    /// Whether somebody reads.
    var hasReader: Bool { state.withLock { $0.reader != nil } }

    /// Whether more will come, or something came that no reader has got.
    var holdsAnswers: Bool { state.withLock { !$0.isFinished || $0.lastHandedOver < $0.lastNumber } }

    /// Whether the stream has ended.
    var isFinished: Bool { state.withLock { $0.isFinished } }

    /// Becomes the reader; a previous one's connection ends.
    ///
    /// - Parameter number: The last event that the reader has; nil for a new reader.
    /// - Returns: the events from there on, and the id to leave by.
    func attach(after number: Int? = nil) -> (events: AsyncStream<ByteBuffer>, reader: Int) {
        let (events, continuation) = AsyncStream<ByteBuffer>.makeStream(bufferingPolicy: .bufferingOldest(max(limit * 2, 64)))
        let id = state.withLock { state in
            state.reader?.continuation.finish()
            state.readerCount += 1
            var reader = Reader(id: state.readerCount, continuation: continuation)
            let start = number ?? state.lastHandedOver
            if primes, number == nil, let name { _ = reader.take(ServerSentEvent.priming(id: "\(name)-\(start)")) }
            // All of it fits: no more is kept than a reader may be behind.
            for kept in state.kept where name == nil || kept.number > start { _ = reader.take(kept.event) }
            state.lastHandedOver = state.lastNumber
            if name == nil {
                state.kept = []
                state.keptBytes = 0
            }
            if state.isFinished || state.isHungUp {
                state.isHungUp = false
                state.reader = nil
                continuation.finish()
            } else {
                state.reader = reader
            }
            return reader.id
        }
        return (events, id)
    }

    /// An event is on the wire.
    func sent(_ event: ByteBuffer, by reader: Int) {
        state.withLock { state in
            guard state.reader?.id == reader else { return }
            state.reader?.queuedBytes -= event.readableBytes
        }
    }

    /// The reader is gone.
    func detach(_ reader: Int) {
        state.withLock { state in
            guard state.reader?.id == reader else { return }
            state.reader?.continuation.finish()
            state.reader = nil
        }
    }

    private func deliver(_ event: ByteBuffer, number: Int, _ state: inout State) {
        if name != nil || state.readerCount == 0 {
            state.kept.append((number, event))
            state.keptBytes += event.readableBytes
            while state.kept.count > 1, state.kept.count > limit || state.keptBytes > Self.keptBytes {
                state.keptBytes -= state.kept.removeFirst().event.readableBytes
            }
        }
        guard state.reader != nil else { return }
        if state.reader?.take(event) == true {
            state.lastHandedOver = number
        } else {
            state.reader?.continuation.finish()
            state.reader = nil
        }
    }
}
