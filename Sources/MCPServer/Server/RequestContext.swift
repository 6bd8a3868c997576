public import AuthCommon
public import JSONRPC
public import MCP

/// What a handler knows about the request that it serves.
///
/// Cancellation is the cancellation of the task. Handlers see no difference between the eras but in ``ask(_:state:timeout:)``, which runs
/// the handler anew in the modern one.
public struct RequestContext: Sendable {
    /// The revision that the client speaks.
    public let revision: ProtocolRevision
    /// Who the client says it is.
    ///
    /// Never a basis for a decision.
    public let clientInfo: Implementation?
    /// What the client can do for the server.
    public let clientCapabilities: ClientCapabilities
    /// The request's id, unique only within its session and only while it runs.
    public let requestID: RequestID
    /// Where the message came from.
    public let origin: MessageOrigin
    /// The answers that the client sent along, by key (2026-07-28).
    public let inputResponses: JSONObject
    /// The state that the client sent back, in its hands until now and so to be verified (2026-07-28).
    public let requestState: String?

    private let sink: any MessageSink
    private let progress: ProgressReporter?
    private let asker: any ClientAsker
    private let logLevel: @Sendable () -> LoggingLevel?

    /// A context.
    public init(
        revision: ProtocolRevision,
        clientInfo: Implementation?,
        clientCapabilities: ClientCapabilities,
        requestID: RequestID,
        origin: MessageOrigin,
        progressToken: JSONValue? = nil,
        inputResponses: JSONObject = [:],
        requestState: String? = nil,
        sink: any MessageSink = DiscardingSink(),
        asker: any ClientAsker = DeafClient(),
        logLevel: @escaping @Sendable () -> LoggingLevel? = { nil }
    ) {
        self.revision = revision
        self.clientInfo = clientInfo
        self.clientCapabilities = clientCapabilities
        self.requestID = requestID
        self.origin = origin
        self.inputResponses = inputResponses
        self.requestState = requestState
        self.sink = sink
        self.asker = asker
        self.logLevel = logLevel
        progress = progressToken.map { ProgressReporter(token: $0, revision: revision, sink: sink) }
    }

    /// The form of the protocol that the client speaks.
    public var era: ProtocolEra { revision >= .v2026_07_28 ? .modern : .legacy }

    /// The token for progress, if the client wants any.
    public var progressToken: JSONValue? { progress?.token }

    /// Who sent the message; nil when nobody could be established.
    public var identity: Identity? { origin.identity }

    /// How the message arrived.
    public var transport: TransportKind { origin.transport }

    /// The request id that a gateway in front gave it.
    public var gatewayRequestID: String? { origin.gatewayRequestID }

    /// The id of the trace that it belongs to.
    public var traceID: String? { origin.traceID }

    /// The peer's address.
    public var peer: String? { origin.peer }

    /// Tells the client how far the request has come.
    ///
    /// Does nothing when the client did not ask for progress or when the value did not grow.
    public func reportProgress(_ progress: Double, total: Double? = nil, message: String? = nil) async {
        await self.progress?.report(progress, total: total, message: message)
    }

    /// Sends a log message to the client, if it wants such.
    public func log(_ level: LoggingLevel, logger: String? = nil, data: JSONValue) async {
        guard let threshold = logLevel(), level >= threshold, !Task.isCancelled else { return }
        await sink.send(.notification(LoggingMessage(level: level, logger: logger, data: data).notification))
    }

    /// Asks the client and waits for the answers.
    ///
    /// In the modern era the handler is left by an ``InputRequired`` unless every answer came along with the request, and runs anew when they
    /// do: it must have no effect before the last question.
    ///
    /// - Parameters:
    ///   - requests: What is asked, by key.
    ///   - state: What shall come back with the answers in the modern era; seal it.
    ///   - timeout: How long a client of the legacy era may take.
    /// - Throws: ``InputFailure`` when the client cannot answer; `InputRequired`; `CancellationError`.
    public func ask(
        _ requests: [(key: String, request: InputRequest)],
        state: String? = nil,
        timeout: Duration = .seconds(120)
    ) async throws -> JSONObject {
        try await answers(to: requests, state: state, timeout: timeout).byKey
    }

    /// Asks the client as ``ask(_:state:timeout:)`` does, and also tells who answered, for decisions that depend on the caller's present roles.
    public func answers(
        to requests: [(key: String, request: InputRequest)],
        state: String? = nil,
        timeout: Duration = .seconds(120)
    ) async throws -> InputAnswers {
        for request in requests where !request.request.isSupported(by: clientCapabilities) {
            throw InputFailure.unsupported(request.request.requiredCapability)
        }
        guard era == .modern else { return try await asker.ask(requests, timeout: timeout) }
        if requests.allSatisfy({ inputResponses[$0.key]?.objectValue != nil }) {
            return InputAnswers(byKey: inputResponses, identity: identity)
        }
        throw InputRequired(requests, requestState: state)
    }

    /// Ends the connection that the answer was expected on; the client fetches the answer by resuming (2025-11-25, SSE polling).
    ///
    /// Does nothing where a stream cannot be resumed.
    public func hangUp() async { await sink.hangUp() }
}
