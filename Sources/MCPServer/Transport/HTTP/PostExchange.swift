import JSONRPC
import NIOCore

/// One POST whose answer is not there yet: decides as late as possible between a JSON document and an event stream.
final class PostExchange: MessageSink {
    /// What happens before the answer, and the answer.
    enum Event: Sendable {
        /// A message that belongs to the request.
        case message(ByteBuffer)
        /// The answer; nil when the request was cancelled.
        case answer([UInt8]?)
        /// It takes long: begin to stream.
        case commit
        /// The stream was silent.
        case keepAlive
    }

    let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    init() { (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1024)) }

    func send(_ message: JSONRPCMessage) async { continuation.yield(.message(ServerSentEvent.message(message.bytes()))) }

    /// Begins to stream.
    func commit() { continuation.yield(.commit) }

    /// Shows that the connection lives.
    func keepAlive() { continuation.yield(.keepAlive) }

    /// The answer, the last event.
    func finish(with answer: [UInt8]?) {
        // A full buffer means that nobody reads; the answer is then lost with the connection.
        continuation.yield(.answer(answer))
        continuation.finish()
    }
}
