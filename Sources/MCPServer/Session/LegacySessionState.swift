import JSONRPC
import MCP

/// The handshake, the running requests and the open questions of one session, as a value without a clock, a socket or a task.
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

    /// Something to do outside the state.
    typealias Action = @Sendable () -> Void

    /// How many resources a session may be subscribed to.
    static let maximumSubscriptions = 1_000

    private(set) var handshake: Handshake?
    private(set) var isClosed = false
    private(set) var subscriptions: Set<String> = []
    /// From which level on the client wants log messages.
    var logLevel = LoggingLevel.debug
    private var running: [RequestID: Action] = [:]
    private var cancelled: Set<RequestID> = []
    private var questions: [RequestID: @Sendable (OpenQuestion.Answer) -> Void] = [:]
    private var questionCount = 0
    private var closing: [Action] = []

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

    /// Remembers what to do when the session ends.
    ///
    /// - Returns: false when it has ended.
    mutating func whenClosed(_ act: @escaping Action) -> Bool {
        guard !isClosed else { return false }
        closing.append(act)
        return true
    }

    /// Subscribes to a resource.
    ///
    /// - Returns: false when there are too many.
    mutating func subscribe(_ uri: String) -> Bool {
        guard subscriptions.count < Self.maximumSubscriptions || subscriptions.contains(uri) else { return false }
        subscriptions.insert(uri)
        return true
    }

    /// Ends a subscription.
    mutating func unsubscribe(_ uri: String) { subscriptions.remove(uri) }

    /// Records a running request.
    mutating func begin(_ id: RequestID, cancel: @escaping Action) -> Beginning {
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
    mutating func cancel(_ id: RequestID) -> Action? {
        guard let cancel = running[id] else { return nil }
        cancelled.insert(id)
        return cancel
    }

    /// Opens a question to the client.
    ///
    /// - Returns: the request's id, never used before in this session; nil when the session has ended.
    mutating func open(_ answer: @escaping @Sendable (OpenQuestion.Answer) -> Void) -> RequestID? {
        guard !isClosed else { return nil }
        questionCount += 1
        let id = RequestID.string("server-\(questionCount)")
        questions[id] = answer
        return id
    }

    /// Takes a question out, so that it is answered once.
    mutating func takeQuestion(_ id: RequestID) -> (@Sendable (OpenQuestion.Answer) -> Void)? { questions.removeValue(forKey: id) }

    /// Ends the session.
    ///
    /// - Returns: how to stop everything that runs.
    mutating func close() -> [Action] {
        isClosed = true
        cancelled.formUnion(running.keys)
        var actions = Array(running.values) + closing
        for answer in questions.values { actions.append { answer(.failure(.gone)) } }
        questions = [:]
        closing = []
        return actions
    }
}
