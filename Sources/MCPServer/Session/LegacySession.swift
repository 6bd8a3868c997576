import AuthCommon
import JSONRPC
import MCP
import Synchronization

/// One session of the revisions with a handshake, on whatever transport.
final class LegacySession: Sendable {
    /// The session's id: unguessable, never a proof of who is calling.
    let id: String
    /// Who created the session; nil on stdio, where there is one client.
    ///
    /// Only subject and tenant count: roles belong to each message.
    let owner: Identity?
    private let state = Mutex(LegacySessionState())

    init(id: String, owner: Identity?) {
        self.id = id
        self.owner = owner
    }

    /// Whether a caller may use the session.
    func belongs(to identity: Identity) -> Bool { owner?.isSamePrincipal(as: identity) ?? false }

    /// What client and server agreed on; nil before `initialize`.
    var handshake: LegacySessionState.Handshake? { state.withLock { $0.handshake } }

    /// Whether a request of the session runs.
    var isBusy: Bool { state.withLock { $0.runningCount > 0 } }

    /// Records the handshake; false when there was one already.
    func initialize(_ handshake: LegacySessionState.Handshake) -> Bool { state.withLock { $0.initialize(handshake) } }

    /// Records a running request, unless its id is in use or the session has ended.
    func begin(_ id: RequestID, cancel: @escaping LegacySessionState.Cancellation) -> LegacySessionState.Beginning {
        state.withLock { $0.begin(id, cancel: cancel) }
    }

    /// Forgets a request that ended; true when it was cancelled and gets no answer.
    func end(_ id: RequestID) -> Bool { state.withLock { $0.end(id) } }

    /// Cancels one request.
    func cancel(_ id: RequestID) { state.withLock { $0.cancel(id) }?() }

    /// Ends the session and cancels all that runs in it.
    func close() {
        for cancel in state.withLock({ $0.close() }) { cancel() }
    }
}
