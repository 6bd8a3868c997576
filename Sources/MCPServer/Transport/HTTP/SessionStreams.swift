import DequeModule
import MCP
import Synchronization

/// The event streams of one session: its own, for messages that belong to no request, and those of recent requests.
final class SessionStreams: Sendable {
    private struct State {
        var count = 0
        var recent: Deque<EventStream> = []
        var isFinished = false
    }

    /// How many requests' streams can be resumed.
    static let limit = 32

    /// The stream for messages that belong to no request.
    let own: EventStream
    /// Whether events have ids, so that streams can be resumed.
    let isNumbered: Bool
    private let state = Mutex(State())

    init(numbered: Bool) {
        isNumbered = numbered
        own = EventStream(name: numbered ? "0" : nil)
    }

    /// A stream for one request, numbered and kept so that it can be resumed.
    func open(_ revision: ProtocolRevision?) -> EventStream {
        state.withLock { state in
            state.count += 1
            return EventStream(name: isNumbered ? String(state.count) : nil, primes: revision.map { $0 >= .v2025_11_25 } ?? false)
        }
    }

    /// Keeps a request's stream: its first event is out, and so may be resumed from.
    func keep(_ stream: EventStream) {
        guard stream.name != nil else { return }
        state.withLock { state in
            if state.recent.count >= Self.limit {
                let index = state.recent.firstIndex(where: \.isFinished) ?? state.recent.startIndex
                state.recent.remove(at: index)
            }
            state.recent.append(stream)
            if state.isFinished { stream.finish() }
        }
    }

    /// The stream and the number of an event, from the event's id; nil when it is not or no longer known.
    func find(_ eventID: String) -> (EventStream, Int)? {
        guard let dash = eventID.lastIndex(of: "-"), let number = Int(eventID[eventID.index(after: dash)...]), number >= 0 else {
            return nil
        }
        let name = String(eventID[..<dash])
        if own.name == name { return (own, number) }
        return state.withLock { state in state.recent.first { $0.name == name }.map { ($0, number) } }
    }

    /// Whether the stream of a request goes on, or ended with something that nobody has fetched yet.
    var holdsAnswers: Bool { state.withLock { state in state.recent.contains(where: \.holdsAnswers) } }

    /// Ends all streams.
    func finish() {
        own.finish()
        let streams = state.withLock { state in
            state.isFinished = true
            return state.recent
        }
        for stream in streams { stream.finish() }
    }
}
