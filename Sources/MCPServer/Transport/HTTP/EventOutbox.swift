import JSONRPC
import NIOCore
import Synchronization

/// The events that wait to be written to one stream.
///
/// Bounded: a client that does not read loses its stream, not the server its memory.
final class EventOutbox: MessageSink {
    let events: AsyncStream<ByteBuffer>
    private let continuation: AsyncStream<ByteBuffer>.Continuation
    private let lastEvent: Mutex<ContinuousClock.Instant>

    init(capacity: Int = 256) {
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(capacity))
        lastEvent = Mutex(.now)
    }

    /// Sends a message as an event.
    func send(_ message: JSONRPCMessage) async { send(ServerSentEvent.message(message.bytes())) }

    /// Sends an event that is already encoded.
    func send(_ event: ByteBuffer) {
        lastEvent.withLock { $0 = .now }
        if case .dropped = continuation.yield(event) { finish() }
    }

    /// Sends a comment if nothing was sent for so long.
    func keepAlive(after silence: Duration) {
        if lastEvent.withLock({ $0.duration(to: .now) }) >= silence { send(ServerSentEvent.keepAlive) }
    }

    /// Ends the stream after what is queued.
    func finish() { continuation.finish() }
}
