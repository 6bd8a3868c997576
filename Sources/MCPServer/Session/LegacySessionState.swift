import JSONRPC
import MCP

/// The handshake and the running requests of one session, as a value without a clock, a socket or a task.
struct LegacySessionState: Sendable {
    /// What client and server agreed on.
    struct Handshake: Sendable {
        var revision: ProtocolRevision
        var clientInfo: Implementation
        var capabilities: ClientCapabilities
    }

    /// Whether a request may run.
    enum Beginning: Sendable {
        /// It is registered.
        case started
        /// Another request with this id runs.
        case duplicate
        /// The session has ended.
        case closed
    }

    /// How a running request can be cancelled.
    typealias Cancellation = @Sendable () -> Void

    private(set) var handshake: Handshake?
    private(set) var isClosed = false
    private var running: [RequestID: Cancellation] = [:]
    private var cancelled: Set<RequestID> = []

    /// How many requests run.
    var runningCount: Int { running.count }

    /// Records the handshake.
    ///
    /// - Returns: false when there was one already.
    mutating func initialize(_ handshake: Handshake) -> Bool {
        guard self.handshake == nil, !isClosed else { return false }
        self.handshake = handshake
        return true
    }

    /// Records a running request.
    mutating func begin(_ id: RequestID, cancel: @escaping Cancellation) -> Beginning {
        if isClosed { return .closed }
        if running[id] != nil { return .duplicate }
        running[id] = cancel
        return .started
    }

    /// Forgets a request that ended.
    ///
    /// - Returns: whether the client had cancelled it, so that it gets no answer.
    mutating func end(_ id: RequestID) -> Bool {
        running[id] = nil
        return cancelled.remove(id) != nil
    }

    /// Marks a request as cancelled.
    ///
    /// - Returns: how to stop it; nil when it does not run, which is no error: the notification may come late.
    mutating func cancel(_ id: RequestID) -> Cancellation? {
        guard let cancel = running[id] else { return nil }
        cancelled.insert(id)
        return cancel
    }

    /// Ends the session.
    ///
    /// - Returns: how to stop everything that runs.
    mutating func close() -> [Cancellation] {
        isClosed = true
        cancelled.formUnion(running.keys)
        return Array(running.values)
    }
}
