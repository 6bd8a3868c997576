import AuthCommon
import HTTPTypes
import Hummingbird
import JSONRPC
import MCP
import NIOCore

/// `/sse` and `/messages`: HTTP+SSE of 2024-11-05.
///
/// The stream is the session; hanging up ends it and cancels what runs.
struct SSEEndpoint: Sendable {
    let dispatcher: LegacyDispatcher
    let registry: SessionRegistry
    let configuration: HTTPConfiguration

    /// Opens a stream: the first event tells where to post, every answer follows as a `message` event.
    func open(_ request: Request, from origin: MessageOrigin, _ connection: HTTPConnection) async throws(HTTPRefusal) -> Response {
        guard request.method == .get else { throw .methodNotAllowed("GET") }
        guard AcceptedForms(header: request.headers[.accept]).contains(.eventStream) else {
            throw HTTPRefusal(status: .notAcceptable, reason: "not-acceptable")
        }
        guard let identity = origin.identity else { throw HTTPRefusal(status: .unauthorized, reason: "missing-identity") }
        guard let session = registry.open(for: identity) else {
            throw HTTPRefusal(status: .serviceUnavailable, reason: "too-many-sessions", headers: [.retryAfter: "60"])
        }
        guard let outbox = registry.takeStream(session.id) else { throw .unknownSession }
        outbox.send(ServerSentEvent.endpoint("/messages?session_id=\(session.id)"))
        return .eventStream { writer in
            defer { registry.close(session.id) }
            try await StreamableHTTPEndpoint.pump(outbox, request, &writer)
        }
    }

    /// Takes a message for a session.
    ///
    /// The answer travels on the session's stream.
    func post(_ request: Request, from origin: MessageOrigin) async throws(HTTPRefusal) -> Response {
        guard request.method == .post else { throw .methodNotAllowed("POST") }
        guard let identity = origin.identity else { throw HTTPRefusal(status: .unauthorized, reason: "missing-identity") }
        guard let id = request.uri.queryParameters["session_id"], !id.isEmpty else {
            throw HTTPRefusal(status: .badRequest, reason: "missing-session-id")
        }
        guard let session = registry.session(String(id), for: identity), let outbox = registry.outbox(session.id) else {
            throw .unknownSession
        }
        let body = try await RequestReading.body(of: request, limit: configuration.maximumBodyBytes)
        let payload: JSONRPCPayload
        do {
            payload = try JSONRPCDecoder.decode(body)
        } catch {
            return .rpcError(error.error, id: error.id)
        }
        switch dispatcher.receive(payload, in: session, from: origin, sink: outbox) {
        case .nothing: break
        case .ready(let value): outbox.send(ServerSentEvent.message(value.bytes()))
        case .pending(let wait):
            Task {
                if let value = await wait() { outbox.send(ServerSentEvent.message(value.bytes())) }
            }
        }
        return Response(status: .accepted, body: ResponseBody(byteBuffer: ByteBuffer(staticString: "Accepted")))
    }
}
