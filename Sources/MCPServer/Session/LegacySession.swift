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
    /// Where messages go that belong to no request.
    private let outlet: any MessageSink
    private let state = Mutex(LegacySessionState())

    init(id: String, owner: Identity?, outlet: any MessageSink = DiscardingSink()) {
        self.id = id
        self.owner = owner
        self.outlet = outlet
    }

    /// Whether a caller may use the session.
    func belongs(to identity: Identity) -> Bool { owner?.isSamePrincipal(as: identity) ?? false }

    /// What client and server agreed on; nil before `initialize`.
    var handshake: LegacySessionState.Handshake? { state.withLock { $0.handshake } }

    /// Whether a request of the session runs.
    var isBusy: Bool { state.withLock { $0.runningCount > 0 } }

    /// From which level on the client wants log messages; everything until it says so.
    var logLevel: LoggingLevel { state.withLock { $0.logLevel } }

    /// Sets the level.
    func setLogLevel(_ level: LoggingLevel) { state.withLock { $0.logLevel = level } }

    /// Records the handshake and begins to listen to changes; false when there was one already.
    func initialize(_ handshake: LegacySessionState.Handshake, changes: ChangeHub? = nil) -> Bool {
        guard state.withLock({ $0.initialize(handshake) }) else { return false }
        guard let changes else { return true }
        let listener = ChangeHub.Listener(
            notification: { [weak self] change in
                guard let self else { return nil }
                if case .resourceUpdated(let uri) = change, !self.state.withLock({ $0.subscriptions.contains(uri) }) { return nil }
                return change.notification
            },
            sink: outlet
        )
        let id = changes.add(listener)
        if !state.withLock({ $0.whenClosed { changes.remove(id) } }) { changes.remove(id) }
        return true
    }

    /// Subscribes to a resource; false when there are too many subscriptions.
    func subscribe(_ uri: String) -> Bool { state.withLock { $0.subscribe(uri) } }

    /// Ends a subscription.
    func unsubscribe(_ uri: String) { state.withLock { $0.unsubscribe(uri) } }

    /// Records a running request, unless its id is in use or the session has ended.
    func begin(_ id: RequestID, cancel: @escaping LegacySessionState.Action) -> LegacySessionState.Beginning {
        state.withLock { $0.begin(id, cancel: cancel) }
    }

    /// Forgets a request that ended; true when it was cancelled and gets no answer.
    func end(_ id: RequestID) -> Bool { state.withLock { $0.end(id) } }

    /// Cancels one request.
    func cancel(_ id: RequestID) { state.withLock { $0.cancel(id) }?() }

    /// Opens a question to the client; nil when the session has ended.
    func openQuestion() -> OpenQuestion? {
        let (stream, continuation) = AsyncStream<OpenQuestion.Answer>.makeStream()
        let id = state.withLock { state in
            state.open { answer in
                continuation.yield(answer)
                continuation.finish()
            }
        }
        return id.map { OpenQuestion(id: $0, stream: stream) }
    }

    /// Answers a question; later answers are ignored.
    func answer(_ id: RequestID, _ answer: OpenQuestion.Answer) { state.withLock { $0.takeQuestion(id) }?(answer) }

    /// Takes the client's answer.
    ///
    /// One to no question is ignored.
    func resolve(_ response: JSONRPCResponse, from identity: Identity?) {
        guard let id = response.id else { return }
        switch response.outcome {
        case .result(let value): answer(id, .success(OpenQuestion.Received(result: value, identity: identity)))
        case .error(let error): answer(id, .failure(.refused(error)))
        }
    }

    /// Ends the session and cancels all that runs in it.
    func close() {
        for act in state.withLock({ $0.close() }) { act() }
    }
}
