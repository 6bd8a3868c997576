import JSONRPC
import MCP

/// Serves the messages of sessions with a handshake.
///
/// Knows no transport; the modern era is another dispatcher beside it.
///
/// Receiving is synchronous: when it returns, a request has been registered with its session, so that a cancellation that follows finds it and
/// messages take effect in the order in which they came.
struct LegacyDispatcher: Sendable {
    let server: MCPServer

    /// Takes the bytes of one payload.
    func receive(_ bytes: [UInt8], in session: LegacySession, from origin: MessageOrigin, sink: any MessageSink) -> Reply {
        do {
            return receive(try JSONRPCDecoder.decode(bytes), in: session, from: origin, sink: sink)
        } catch {
            return .refusal(error.error, id: error.id)
        }
    }

    /// Takes one payload.
    func receive(_ payload: JSONRPCPayload, in session: LegacySession, from origin: MessageOrigin, sink: any MessageSink) -> Reply {
        switch payload {
        case .single(.request(let request)): return receive(request, in: session, from: origin, sink: sink)
        case .single(.notification(let notification)): accept(notification, in: session)
        case .single(.response(let response)): session.resolve(response, from: origin.identity)
        case .batch(let elements): return receive(batch: elements, in: session, from: origin, sink: sink)
        }
        return .nothing
    }

    /// Takes a request.
    private func receive(_ request: JSONRPCRequest, in session: LegacySession, from origin: MessageOrigin, sink: any MessageSink) -> Reply {
        do throws(JSONRPCError) {
            switch request.method {
            case Method.ping:
                return .ready(JSONRPCResponse(id: request.id, result: [:]).json)
            case InitializeRequest.method:
                return .ready(JSONRPCResponse(id: request.id, result: try initialize(request, session).json).json)
            default:
                guard let handshake = session.handshake else {
                    throw .invalidRequest("The session is not initialized: send initialize first")
                }
                if let result = try sessionMethod(request, session) { return .ready(JSONRPCResponse(id: request.id, result: result).json) }
                let context = RequestContext(
                    revision: handshake.revision,
                    clientInfo: handshake.clientInfo,
                    clientCapabilities: handshake.capabilities,
                    requestID: request.id,
                    origin: origin,
                    progressToken: ProgressNotification.token(of: request.params),
                    sink: sink,
                    asker: LegacyAsker(session: session, sink: sink),
                    logLevel: { session.logLevel }
                )
                return try serve(request, session, context)
            }
        } catch {
            return .refusal(error, id: request.id)
        }
    }

    /// Takes a notification.
    ///
    /// Unknown and malformed ones are ignored, as JSON-RPC demands.
    private func accept(_ notification: JSONRPCNotification, in session: LegacySession) {
        guard notification.method == CancelledNotification.method else { return }
        guard let cancelled = CancelledNotification(params: notification.params) else { return }
        session.cancel(cancelled.requestID)
    }

    private func initialize(_ request: JSONRPCRequest, _ session: LegacySession) throws(JSONRPCError) -> InitializeResult {
        let initialize = try InitializeRequest(params: request.params)
        let revision = ProtocolRevision.negotiated(requested: initialize.protocolVersion)
        let handshake = LegacySessionState.Handshake(
            revision: revision,
            clientInfo: initialize.clientInfo,
            capabilities: initialize.capabilities
        )
        guard session.initialize(handshake, changes: server.changes) else {
            throw .invalidRequest("The session is initialized already")
        }
        return InitializeResult(
            revision: revision,
            capabilities: server.capabilities,
            serverInfo: server.info,
            instructions: server.instructions
        )
    }

    /// The methods that change the session itself.
    private func sessionMethod(_ request: JSONRPCRequest, _ session: LegacySession) throws(JSONRPCError) -> JSONValue? {
        switch request.method {
        case "logging/setLevel" where server.logs:
            session.setLogLevel(try LoggingLevel(json: request.params?["level"]))
        case "resources/subscribe" where server.resources != nil && server.changes != nil:
            guard session.subscribe(try Self.uri(request)) else { throw .invalidRequest("The session has too many subscriptions") }
        case "resources/unsubscribe" where server.resources != nil && server.changes != nil:
            session.unsubscribe(try Self.uri(request))
        default: return nil
        }
        return [:]
    }

    private static func uri(_ request: JSONRPCRequest) throws(JSONRPCError) -> String {
        guard let uri = request.params?["uri"]?.stringValue else { throw .invalidParams("params.uri must be a string") }
        return uri
    }

    private func serve(_ request: JSONRPCRequest, _ session: LegacySession, _ context: RequestContext) throws(JSONRPCError) -> Reply {
        switch try FeatureDispatcher(server: server).work(request.method, request.params, context) {
        case nil: throw .methodNotFound(request.method)
        case .done(let body): return .ready(JSONRPCResponse(id: request.id, result: .object(body.members)).json)
        case .running(let run): return try start(run, session, context)
        }
    }

    /// Starts work in a task of its own, so that the session can cancel this one alone.
    private func start(
        _ run: @escaping @Sendable () async throws -> ResultBody,
        _ session: LegacySession,
        _ context: RequestContext
    ) throws(JSONRPCError) -> Reply {
        let task = Task { try await run() }
        switch session.begin(context.requestID, cancel: { task.cancel() }) {
        case .started: break
        case .closed:
            task.cancel()
            return .nothing
        case .duplicate:
            task.cancel()
            throw .invalidRequest("A request with this id is still running")
        }
        return .pending {
            let outcome = await withTaskCancellationHandler {
                await task.result
            } onCancel: {
                task.cancel()
            }
            if session.end(context.requestID) { return nil }
            return Self.response(to: context, outcome)?.json
        }
    }

    private static func response(to context: RequestContext, _ outcome: Result<ResultBody, any Error>) -> JSONRPCResponse? {
        switch outcome {
        case .success(let body): JSONRPCResponse(id: context.requestID, result: .object(body.members))
        case .failure(let error as JSONRPCError): JSONRPCResponse(id: context.requestID, error: error)
        case .failure(is CancellationError): nil
        case .failure: JSONRPCResponse(id: context.requestID, error: JSONRPCError(code: .internalError, message: "The request failed"))
        }
    }
}
