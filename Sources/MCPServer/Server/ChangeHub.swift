import JSONRPC
import MCP
import Synchronization

/// Something about the server that clients may have cached.
public enum ServerChange: Sendable, Hashable {
    case toolsListChanged
    case promptsListChanged
    case resourcesListChanged
    case resourceUpdated(uri: String)

    /// The notification without a subscription's id.
    var notification: JSONRPCNotification {
        switch self {
        case .toolsListChanged: JSONRPCNotification(method: "notifications/tools/list_changed", params: nil)
        case .promptsListChanged: JSONRPCNotification(method: "notifications/prompts/list_changed", params: nil)
        case .resourcesListChanged: JSONRPCNotification(method: "notifications/resources/list_changed", params: nil)
        case .resourceUpdated(let uri):
            JSONRPCNotification(method: "notifications/resources/updated", params: ["uri": .string(uri)])
        }
    }
}

/// Tells those who listen about changes: sessions of the legacy revisions and `subscriptions/listen` of 2026-07-28.
///
/// One process knows its own listeners only; a change that several replicas must learn of is announced to the hub of each.
public final class ChangeHub: Sendable {
    /// Who listens: what becomes of a change, and where it goes.
    struct Listener: Sendable {
        /// The notification for this listener; nil when it did not ask for such changes.
        var notification: @Sendable (ServerChange) -> JSONRPCNotification?
        var sink: any MessageSink
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var nextID = 0
        var isShutDown = false
        var enders: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// A hub.
    public init() {}

    /// Tells everybody who asked for it.
    public func announce(_ change: ServerChange) async {
        let listeners = state.withLock { state in state.listeners.sorted { $0.key < $1.key }.map(\.value) }
        for listener in listeners {
            guard let notification = listener.notification(change) else { continue }
            await listener.sink.send(.notification(notification))
        }
    }

    /// Ends all subscriptions gracefully; new ones end at once.
    public func shutDown() {
        let enders = state.withLock { state in
            state.isShutDown = true
            return Array(state.enders.values)
        }
        for end in enders { end() }
    }

    /// Adds a listener.
    ///
    /// - Parameter onShutDown: called when the hub is shut down; at once when it is already.
    /// - Returns: what to remove it by.
    func add(_ listener: Listener, onShutDown: (@Sendable () -> Void)? = nil) -> Int {
        let (id, isShutDown) = state.withLock { state in
            state.nextID += 1
            state.listeners[state.nextID] = listener
            state.enders[state.nextID] = onShutDown
            return (state.nextID, state.isShutDown)
        }
        if isShutDown { onShutDown?() }
        return id
    }

    /// Removes a listener.
    func remove(_ id: Int) {
        state.withLock { state in
            state.listeners[id] = nil
            state.enders[id] = nil
        }
    }
}
