import AuthCommon
import HTTPTypes
import Hummingbird
import JSONRPC
import MCP
import NIOCore

/// `/mcp`: Streamable HTTP of the revisions with sessions (2025-03-26 to 2025-11-25).
struct StreamableHTTPEndpoint: Sendable {
    let dispatcher: LegacyDispatcher
    let registry: SessionRegistry
    let configuration: HTTPConfiguration

    /// Answers a request of an identified caller.
    func respond(to request: Request, from origin: MessageOrigin, _ connection: HTTPConnection) async throws(HTTPRefusal) -> Response {
        guard let identity = origin.identity else { throw HTTPRefusal(status: .unauthorized, reason: "missing-identity") }
        switch request.method {
        case .post: return try await post(request, identity, origin, connection)
        case .get: return try stream(request, identity, connection)
        case .delete:
            let session = try session(of: request, identity)
            registry.close(session.id)
            return Response(status: .noContent)
        default: throw .methodNotAllowed("GET, POST, DELETE")
        }
    }

    private func post(
        _ request: Request,
        _ identity: Identity,
        _ origin: MessageOrigin,
        _ connection: HTTPConnection
    ) async throws(HTTPRefusal) -> Response {
        let forms = AcceptedForms(header: request.headers[.accept])
        guard !forms.isEmpty else { throw HTTPRefusal(status: .notAcceptable, reason: "not-acceptable") }
        let body = try await RequestReading.body(of: request, limit: configuration.maximumBodyBytes)
        let payload: JSONRPCPayload
        do {
            payload = try JSONRPCDecoder.decode(body)
        } catch {
            return .rpcError(error.error, id: error.id)
        }
        if case .single(.request(let message)) = payload, message.method == InitializeRequest.method,
            request.headers[.mcpSessionID] == nil
        {
            return try open(payload, identity, origin)
        }
        do {
            _ = try RequestReading.revision(of: request)
        } catch {
            return .rpcError(Self.unsupportedRevision, id: Self.id(of: payload))
        }
        let session: LegacySession
        do {
            session = try self.session(of: request, identity)
        } catch {
            return .rpcError(.invalidRequest(Self.sentence(error.reason)), id: Self.id(of: payload), status: error.status)
        }
        return await answer(payload, in: session, origin, forms, connection)
    }

    /// `initialize` opens a session, whose id travels in the header of the answer.
    ///
    /// A failed handshake leaves none behind.
    private func open(_ payload: JSONRPCPayload, _ identity: Identity, _ origin: MessageOrigin) throws(HTTPRefusal) -> Response {
        guard let session = registry.open(for: identity) else {
            throw HTTPRefusal(status: .serviceUnavailable, reason: "too-many-sessions", headers: [.retryAfter: "60"])
        }
        guard case .ready(let value) = dispatcher.receive(payload, in: session, from: origin, sink: DiscardingSink()) else {
            registry.close(session.id)
            throw HTTPRefusal(status: .badRequest, reason: "bad-request")
        }
        var response = Response.json(value.bytes())
        if session.handshake == nil {
            registry.close(session.id)
        } else {
            response.headers[.mcpSessionID] = session.id
        }
        return response
    }

    private func answer(
        _ payload: JSONRPCPayload,
        in session: LegacySession,
        _ origin: MessageOrigin,
        _ forms: AcceptedForms,
        _ connection: HTTPConnection
    ) async -> Response {
        let exchange = PostExchange()
        let wait: @Sendable () async -> JSONValue?
        switch dispatcher.receive(payload, in: session, from: origin, sink: exchange) {
        case .nothing: return .accepted
        case .ready(let value):
            // A refused batch is a malformed request; every other error answers a well-formed one.
            if case .batch = payload { return .json(value.bytes(), status: .badRequest) }
            return forms.contains(.json) ? .json(value.bytes()) : Self.stream(of: value.bytes())
        case .pending(let pending): wait = pending
        }
        // Not a child task: hanging up is no cancellation in these revisions (mcp.md §2.3, rule 9).
        Task { exchange.finish(with: await wait()?.bytes()) }
        let timer = connection.channel.eventLoop.scheduleTask(in: TimeAmount(configuration.streamAfter)) { exchange.commit() }
        defer { timer.cancel() }
        guard forms.contains(.json) else { return stream(exchange, first: nil, connection) }
        for await event in exchange.events {
            switch event {
            case .answer(let bytes?): return .json(bytes)
            case .answer(nil): return Self.stream(of: nil)
            case .message, .commit, .keepAlive:
                if forms.contains(.eventStream) { return stream(exchange, first: event, connection) }
            }
        }
        return Self.stream(of: nil)
    }

    /// The rest of an exchange as an event stream.
    private func stream(_ exchange: PostExchange, first: PostExchange.Event?, _ connection: HTTPConnection) -> Response {
        let silence = TimeAmount(configuration.keepAlive)
        return .eventStream { writer in
            let beat = connection.channel.eventLoop.scheduleRepeatedTask(initialDelay: silence, delay: silence) { _ in
                exchange.keepAlive()
            }
            defer { beat.cancel() }
            if let first { try await Self.write(first, &writer) }
            for await event in exchange.events { try await Self.write(event, &writer) }
            try await writer.finish(nil)
        }
    }

    @concurrent
    private static func write(_ event: PostExchange.Event, _ writer: inout any ResponseBodyWriter) async throws {
        switch event {
        case .message(let buffer): try await writer.write(buffer)
        case .answer(let bytes?): try await writer.write(ServerSentEvent.message(bytes))
        case .answer(nil), .commit: break
        case .keepAlive: try await writer.write(ServerSentEvent.keepAlive)
        }
    }

    /// A stream with one event, or with none for a request that was cancelled.
    private static func stream(of bytes: [UInt8]?) -> Response {
        .eventStream { writer in
            if let bytes { try await writer.write(ServerSentEvent.message(bytes)) }
            try await writer.finish(nil)
        }
    }

    /// The session's own stream, for messages that belong to no request.
    private func stream(_ request: Request, _ identity: Identity, _ connection: HTTPConnection) throws(HTTPRefusal) -> Response {
        guard let accept = request.headers[.accept], AcceptedForms(header: accept).contains(.eventStream) else {
            throw HTTPRefusal(status: .notAcceptable, reason: "not-acceptable")
        }
        let session = try session(of: request, identity)
        _ = try RequestReading.revision(of: request)
        guard let outbox = registry.takeStream(session.id) else {
            throw HTTPRefusal(status: .conflict, reason: "stream-in-use")
        }
        return .eventStream { writer in
            defer { registry.releaseStream(session.id) }
            try await Self.pump(outbox, request, &writer)
        }
    }

    /// Writes what is sent to a stream until it ends or the client is gone.
    @concurrent
    static func pump(_ outbox: EventOutbox, _ request: Request, _ writer: inout any ResponseBodyWriter) async throws {
        var output = writer
        try await request.body.consumeWithInboundCloseHandler { _ in
            // Headers go out with the first bytes; a client that waits for them must not wait for an event.
            try await output.write(ByteBuffer())
            for await event in outbox.events { try await output.write(event) }
        } onInboundClosed: {
            outbox.finish()
        }
        try await output.finish(nil)
    }

    private func session(of request: Request, _ identity: Identity) throws(HTTPRefusal) -> LegacySession {
        guard let id = request.headers[.mcpSessionID] else { throw HTTPRefusal(status: .badRequest, reason: "missing-session-id") }
        guard let session = registry.session(id, for: identity) else { throw .unknownSession }
        return session
    }

    private static let unsupportedRevision = JSONRPCError.invalidRequest(
        "Unsupported MCP-Protocol-Version; supported: " + ProtocolRevision.legacy.map(\.rawValue).joined(separator: ", ")
    )

    private static func sentence(_ reason: String) -> String {
        reason == "missing-session-id"
            ? "The Mcp-Session-Id header is missing: send initialize first" : "Session not found: send initialize again"
    }

    private static func id(of payload: JSONRPCPayload) -> JSONRPC.RequestID? {
        guard case .single(.request(let request)) = payload else { return nil }
        return request.id
    }
}
