import JSONRPC
import Synchronization

/// Where the messages of one subscription go: the acknowledgement first, whatever changes meanwhile (mcp.md §2.5).
final class SubscriptionOutlet: MessageSink {
    private struct State {
        var isOpen = false
        /// What changed before the acknowledgement was out, each change once: the filter bounds how many there are.
        var held: [JSONRPCMessage] = []
    }

    private let sink: any MessageSink
    private let state = Mutex(State())

    init(_ sink: any MessageSink) { self.sink = sink }

    func send(_ message: JSONRPCMessage) async {
        let passes = state.withLock { state in
            if !state.isOpen, !state.held.contains(message) { state.held.append(message) }
            return state.isOpen
        }
        if passes { await sink.send(message) }
    }

    /// Sends the acknowledgement and then what was held back.
    func open(with acknowledgement: JSONRPCMessage) async {
        await sink.send(acknowledgement)
        while true {
            let held = state.withLock { state in
                defer { state.held = [] }
                state.isOpen = state.held.isEmpty
                return state.held
            }
            if held.isEmpty { return }
            for message in held { await sink.send(message) }
        }
    }
}
