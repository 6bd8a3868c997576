import AuthCommon
import HTTPTypes
import Hummingbird
import JSONRPC
import MCP
import NIOCore

/// `/mcp`: Streamable HTTP of every revision at one URL.
///
/// A message whose body or version header is of 2026-07-28 goes to the modern endpoint, whatever its method; everything else needs a session.
struct StreamableHTTPEndpoint: Sendable {
    let legacy: LegacyHTTPEndpoint
    let modern: ModernHTTPEndpoint
    let configuration: HTTPConfiguration

    /// Answers a request of an identified caller.
    func respond(to request: Request, from origin: MessageOrigin, _ connection: HTTPConnection) async throws(HTTPRefusal) -> Response {
        guard let identity = origin.identity else { throw HTTPRefusal(status: .unauthorized, reason: "missing-identity") }
        switch request.method {
        case .post: return try await post(request, identity, origin, connection)
        case .get, .delete:
            guard !Self.isModern(request.headers) else { throw .methodNotAllowed("POST") }
            return request.method == .get
                ? try legacy.stream(request, identity, connection) : try legacy.end(request, identity)
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
        if Self.isModern(request.headers) || Self.isModern(payload) {
            return await modern.respond(to: payload, request.headers, from: origin, forms, connection)
        }
        return try await legacy.respond(to: payload, request, identity, origin, forms, connection)
    }

    /// A version that has no handshake, known or not.
    private static func isModern(_ headers: HTTPFields) -> Bool {
        headers[values: .mcpProtocolVersion].contains {
            !ProtocolRevision(rawValue: $0).isLegacy && $0 >= ProtocolRevision.v2026_07_28.rawValue
        }
    }

    private static func isModern(_ payload: JSONRPCPayload) -> Bool {
        switch payload {
        case .single(.request(let request)): RequestMetadata.isPresent(in: request.params)
        case .single(.notification(let notification)): RequestMetadata.isPresent(in: notification.params)
        case .single(.response), .batch: false
        }
    }
}
