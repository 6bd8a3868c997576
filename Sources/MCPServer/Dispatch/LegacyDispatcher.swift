import JSONRPC
import MCP

/// Serves the messages of sessions with a handshake.
///
/// Knows no transport; another era is another dispatcher beside it.
///
/// Receiving is synchronous: when it returns, a call has been registered with its session, so that a cancellation that follows finds it and
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
        case .single(.response): break  // nothing has been asked of this client
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
                let context = RequestContext(
                    revision: handshake.revision,
                    clientInfo: handshake.clientInfo,
                    clientCapabilities: handshake.capabilities,
                    requestID: request.id,
                    origin: origin,
                    progressToken: ProgressNotification.token(of: request.params),
                    sink: sink
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
        guard session.initialize(handshake) else { throw .invalidRequest("The session is initialized already") }
        return InitializeResult(
            revision: revision,
            capabilities: server.capabilities,
            serverInfo: server.info,
            instructions: server.instructions
        )
    }

    private func serve(
        _ request: JSONRPCRequest,
        _ session: LegacySession,
        _ context: RequestContext
    ) throws(JSONRPCError) -> Reply {
        switch request.method {
        case ListToolsResult.method:
            try Self.refuseCursor(request.params)
            let tools = server.tools.filter { $0.isListed(context) }.map(\.definition)
            return .ready(JSONRPCResponse(id: request.id, result: ListToolsResult(tools: tools).json(context.revision)).json)
        case CallToolRequest.method:
            let call = try CallToolRequest(params: request.params)
            guard let tool = server.tool(call.name) else {
                throw .invalidParams("Unknown tool: \(JSONRPCError.shown(call.name))")
            }
            return try start(tool, call.arguments, session, context)
        default:
            throw .methodNotFound(request.method)
        }
    }

    /// Starts a call in a task of its own, so that the session can cancel this one alone.
    private func start(
        _ tool: ServerTool,
        _ arguments: JSONObject,
        _ session: LegacySession,
        _ context: RequestContext
    ) throws(JSONRPCError) -> Reply {
        let task = Task { try await tool.call(arguments, context) }
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

    private static func response(to context: RequestContext, _ outcome: Result<CallToolResult, any Error>) -> JSONRPCResponse? {
        switch outcome {
        case .success(let result): JSONRPCResponse(id: context.requestID, result: result.json(context.revision))
        case .failure(let error as JSONRPCError): JSONRPCResponse(id: context.requestID, error: error)
        case .failure(is CancellationError): nil
        case .failure: JSONRPCResponse(id: context.requestID, error: JSONRPCError(code: .internalError, message: "The tool failed"))
        }
    }

    /// All lists fit on one page, so every cursor is one that was never given out.
    private static func refuseCursor(_ params: JSONObject?) throws(JSONRPCError) {
        guard let cursor = params?["cursor"], !cursor.isNull else { return }
        throw .invalidParams("params.cursor was not issued by this server")
    }
}
