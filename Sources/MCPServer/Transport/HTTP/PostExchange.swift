import JSONRPC
import Synchronization

/// One POST whose answer is not there yet: decides as late as possible between a JSON document and an event stream.
final class PostExchange: MessageSink {
    /// How the POST is answered.
    enum Decision: Sendable {
        /// With a document; nil when the request was cancelled.
        case document(JSONValue?)
        /// With the event stream.
        case stream
    }

    private struct State {
        var isDecided = false
        var task: Task<Void, Never>?
    }

    /// The events, once it is a stream.
    let stream: EventStream
    private let allowsStream: Bool
    private let decisions: AsyncStream<Decision>
    private let continuation: AsyncStream<Decision>.Continuation
    private let state = Mutex(State())

    /// An exchange.
    ///
    /// - Parameter allowsStream: Whether the client takes event streams; otherwise messages before the answer are dropped.
    init(stream: EventStream, allowsStream: Bool) {
        self.stream = stream
        self.allowsStream = allowsStream
        (decisions, continuation) = AsyncStream.makeStream()
    }

    /// A client that takes no streams can be asked and told nothing before the answer.
    var isOpen: Bool { allowsStream }

    func send(_ message: JSONRPCMessage) async {
        guard commit() else { return }
        await stream.send(message)
    }

    func hangUp() async {
        guard commit() else { return }
        await stream.hangUp()
    }

    /// Begins to stream; false when the client takes no streams.
    @discardableResult
    func commit() -> Bool {
        guard allowsStream else { return false }
        decide(.stream)
        return true
    }

    /// Runs the work whose value is the answer, in a task that does not end with the connection.
    ///
    /// On a stream the answers to a batch are messages of their own. So they are, too, when one of them answers something unreadable: it
    /// has no id, and nothing in an array tells what it belongs to.
    func run(_ work: @escaping @Sendable () async -> JSONValue?) {
        let task = Task {
            let answer = await work()
            let batch = answer?.arrayValue
            if batch?.contains(where: { $0["id"] == nil }) == true { self.commit() }
            if self.decide(.document(answer)) { return }
            for message in batch ?? answer.map({ [$0] }) ?? [] { self.stream.send(message.bytes()) }
            self.stream.finish()
        }
        state.withLock { $0.task = task }
    }

    /// Cancels the work.
    func cancel() { state.withLock { $0.task }?.cancel() }

    /// Waits until it is clear how the POST is answered.
    func decision() async -> Decision {
        for await decision in decisions { return decision }
        return .document(nil)
    }

    /// The first decision counts.
    @discardableResult
    private func decide(_ decision: Decision) -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isDecided = true }
            return !state.isDecided
        }
        if isFirst {
            continuation.yield(decision)
            continuation.finish()
        }
        return isFirst
    }
}
