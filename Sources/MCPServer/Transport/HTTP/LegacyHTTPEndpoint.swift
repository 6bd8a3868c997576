import AuthCommon
import HTTPTypes
import Hummingbird
import JSONRPC
import MCP
import NIOCore

/// Streamable HTTP of the revisions with sessions (2025-03-26 to 2025-11-25).
struct LegacyHTTPEndpoint: Sendable {
    let dispatcher: LegacyDispatcher
    let registry: SessionRegistry
    let configuration: HTTPConfiguration

    /// Answers a payload.
    func respond(
        to payload: JSONRPCPayload,
        _ request: Request,
        _ identity: Identity,
        _ origin: MessageOrigin,
        _ forms: AcceptedForms,
        _ connection: HTTPConnection
    ) async throws(HTTPRefusal) -> Response {
        if case .single(.request(let message)) = payload, message.method == InitializeRequest.method,
            request.headers[.mcpSessionID] == nil
        {
            return try open(payload, identity, origin, forms)
        }
        if let refusal = Self.refusal(of: request, payload) { return refusal }
        do {
            // Held until its answer or its stream is there: meanwhile it makes no room for another.
            let (session, streams) = try session(of: request, identity, holding: true)
            defer { registry.release(session) }
            return await answer(payload, in: session, streams, origin, forms, connection)
        } catch {
            return .rpcError(.invalidRequest(Self.sentence(error.reason)), id: Self.id(of: payload), status: error.status)
        }
    }

    /// The session's own stream, or a stream resumed behind `Last-Event-ID`.
    func stream(_ request: Request, _ identity: Identity, _ connection: HTTPConnection) throws(HTTPRefusal) -> Response {
        guard let accept = request.headers[.accept], AcceptedForms(header: accept).contains(.eventStream) else {
            throw HTTPRefusal(status: .notAcceptable, reason: "not-acceptable")
        }
        let (session, streams) = try session(of: request, identity, holding: true)
        defer { registry.release(session) }
        _ = try RequestReading.revision(of: request)
        let response = StreamingResponse(connection: connection, keepAlive: configuration.keepAlive)
        guard let lastEventID = request.headers[.lastEventID] else {
            guard !streams.own.hasReader else { throw HTTPRefusal(status: .conflict, reason: "stream-in-use") }
            return response.make(streams.own)
        }
        guard let (stream, number) = streams.find(lastEventID) else {
            throw HTTPRefusal(status: .badRequest, reason: "unknown-event-id")
        }
        return response.make(stream, after: number)
    }

    /// Ends the session.
    func end(_ request: Request, _ identity: Identity) throws(HTTPRefusal) -> Response {
        let (session, _) = try session(of: request, identity)
        registry.close(session.id)
        return Response(status: .noContent)
    }

    /// `initialize` opens a session, whose id travels in the header of the answer.
    ///
    /// A failed handshake leaves none behind, and takes no room from others.
    private func open(
        _ payload: JSONRPCPayload,
        _ identity: Identity,
        _ origin: MessageOrigin,
        _ forms: AcceptedForms
    ) throws(HTTPRefusal) -> Response {
        let member = SessionRegistry.make(for: identity, numbered: true)
        guard case .ready(let value) = dispatcher.receive(payload, in: member.session, from: origin, sink: DiscardingSink()) else {
            throw HTTPRefusal(status: .badRequest, reason: "bad-request")
        }
        var response = Response.document(value, forms)
        guard member.session.handshake != nil else { return response }
        do {
            try registry.admit(member, of: identity)
        } catch {
            return try Self.refuse(payload, .tooManySessions(error))
        }
        response.headers[.mcpSessionID] = member.session.id
        return response
    }

    /// What the client can do something about is told as the answer to its request.
    private static func refuse(_ payload: JSONRPCPayload, _ refusal: HTTPRefusal) throws(HTTPRefusal) -> Response {
        guard let message = refusal.message else { throw refusal }
        var response = Response.rpcError(.invalidRequest(message), id: id(of: payload), status: refusal.status)
        for field in refusal.headers { response.headers.append(field) }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func answer(
        _ payload: JSONRPCPayload,
        in session: LegacySession,
        _ streams: SessionStreams,
        _ origin: MessageOrigin,
        _ forms: AcceptedForms,
        _ connection: HTTPConnection
    ) async -> Response {
        let exchange = PostExchange(stream: streams.open(session.handshake?.revision), allowsStream: forms.contains(.eventStream))
        switch dispatcher.receive(payload, in: session, from: origin, sink: exchange) {
        case .nothing: return .accepted
        case .ready(let value):
            // A refused batch is a malformed request; every other error answers a well-formed one.
            if case .batch = payload { return .json(value.bytes(), status: .badRequest) }
            return .document(value, forms)
        // Hanging up is no cancellation in these revisions (mcp.md §2.3, rule 9).
        case .pending(let wait): exchange.run(wait)
        }
        let timer = connection.channel.eventLoop.scheduleTask(in: TimeAmount(configuration.streamAfter)) { _ = exchange.commit() }
        let decision = await exchange.decision()
        timer.cancel()
        switch decision {
        case .document(let value): return .document(value, forms)
        case .stream:
            streams.keep(exchange.stream)
            return StreamingResponse(connection: connection, keepAlive: configuration.keepAlive).make(exchange.stream)
        }
    }

    private func session(
        of request: Request,
        _ identity: Identity,
        holding: Bool = false
    ) throws(HTTPRefusal) -> (LegacySession, SessionStreams) {
        guard let id = request.headers[.mcpSessionID] else { throw HTTPRefusal(status: .badRequest, reason: "missing-session-id") }
        guard let found = registry.session(id, for: identity, holding: holding) else { throw .unknownSession }
        return found
    }

    /// The answer to a version header that names no revision with a handshake.
    private static func refusal(of request: Request, _ payload: JSONRPCPayload) -> Response? {
        do {
            _ = try RequestReading.revision(of: request)
            return nil
        } catch {
            let supported = ProtocolRevision.legacy.map(\.rawValue).joined(separator: ", ")
            return .rpcError(.invalidRequest("Unsupported MCP-Protocol-Version; supported: \(supported)"), id: id(of: payload))
        }
    }

    private static func sentence(_ reason: String) -> String {
        reason == "missing-session-id"
            ? "The Mcp-Session-Id header is missing: send initialize first" : "Session not found: send initialize again"
    }

    private static func id(of payload: JSONRPCPayload) -> JSONRPC.RequestID? {
        guard case .single(.request(let request)) = payload else { return nil }
        return request.id
    }
}
