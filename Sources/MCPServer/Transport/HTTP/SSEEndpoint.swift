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
    func open(_ request: Request, from origin: MessageOrigin, _ connection: HTTPConnection) throws(HTTPRefusal) -> Response {
        guard request.method == .get else { throw .methodNotAllowed("GET") }
        guard AcceptedForms(header: request.headers[.accept]).contains(.eventStream) else {
            throw HTTPRefusal(status: .notAcceptable, reason: "not-acceptable")
        }
        guard let identity = origin.identity else { throw HTTPRefusal(status: .unauthorized, reason: "missing-identity") }
        let session: LegacySession
        let streams: SessionStreams
        do {
            (session, streams) = try registry.open(for: identity, numbered: false)
        } catch {
            throw .tooManySessions(error)
        }
        streams.own.send(raw: ServerSentEvent.endpoint("/messages?session_id=\(session.id)"))
        let response = StreamingResponse(connection: connection, keepAlive: configuration.keepAlive)
        return response.make(streams.own, onEnd: { registry.close(session.id) })
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
        guard let (session, streams) = registry.session(String(id), for: identity) else { throw .unknownSession }
        let stream = streams.own
        let body = try await RequestReading.body(of: request, limit: configuration.maximumBodyBytes)
        let payload: JSONRPCPayload
        do {
            payload = try JSONRPCDecoder.decode(body)
        } catch {
            return .rpcError(error.error, id: error.id)
        }
        switch dispatcher.receive(payload, in: session, from: origin, sink: stream) {
        case .nothing: break
        case .ready(let value): stream.send(value.bytes())
        case .pending(let wait):
            Task {
                if let value = await wait() { stream.send(value.bytes()) }
            }
        }
        return Response(status: .accepted, body: ResponseBody(byteBuffer: ByteBuffer(staticString: "Accepted")))
    }
}
