import HTTPTypes
import Hummingbird
import JSONRPC
import NIOCore

extension Response {
    /// A JSON document.
    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// An answer in a form that the client takes: a document, or a stream of one event; nothing for a cancelled request.
    static func document(_ value: JSONValue?, _ forms: AcceptedForms, status: HTTPResponse.Status = .ok) -> Response {
        if let value, forms.contains(.json) || status != .ok { return .json(value.bytes(), status: status) }
        guard forms.contains(.eventStream) else { return .accepted }
        return .eventStream { writer in
            if let value { try await writer.write(ServerSentEvent.message(value.bytes())) }
            try await writer.finish(nil)
        }
    }

    /// A JSON-RPC error that belongs to no request, or to the one named.
    static func rpcError(_ error: JSONRPCError, id: JSONRPC.RequestID? = nil, status: HTTPResponse.Status = .badRequest) -> Response {
        .json(JSONRPCResponse(id: id, error: error).bytes(), status: status)
    }

    /// 202 without a body: notifications and responses were taken.
    static var accepted: Response { Response(status: .accepted) }

    /// The answer to a refused request.
    static func refusal(_ refusal: HTTPRefusal) -> Response {
        var body: JSONObject = ["error": .string(refusal.reason), "status": .int(refusal.status.code)]
        if let message = refusal.message { body["message"] = .string(message) }
        var response = Response.json(body.bytes(), status: refusal.status)
        for field in refusal.headers { response.headers.append(field) }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// An event stream.
    ///
    /// Nothing on the way may hold it back or change it.
    static func eventStream(
        headers: HTTPFields = [:],
        _ write: @escaping @concurrent @Sendable (inout any ResponseBodyWriter) async throws -> Void
    )
        -> Response
    {
        var fields: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-cache, no-transform", .xAccelBuffering: "no"]
        for field in headers { fields.append(field) }
        return Response(status: .ok, headers: fields, body: ResponseBody(write))
    }
}

extension HTTPRefusal {
    /// 405 with the methods that the path has.
    static func methodNotAllowed(_ allowed: String) -> HTTPRefusal {
        HTTPRefusal(status: .methodNotAllowed, reason: "method-not-allowed", headers: [.allow: allowed])
    }

    /// 503 while the table of sessions is full; 429 for a caller who has as many as one may have, all of them in use.
    static func tooManySessions(_ refusal: SessionRegistry.Refusal) -> HTTPRefusal {
        switch refusal {
        case .full: HTTPRefusal(status: .serviceUnavailable, reason: "too-many-sessions", headers: [.retryAfter: "60"])
        case .ownerLimit(let limit):
            HTTPRefusal(
                status: .tooManyRequests,
                reason: "too-many-sessions",
                message:
                    "All of your sessions are in use, and there may be \(limit): end one (DELETE with its Mcp-Session-Id, or close its "
                    + "event stream), then try again",
                headers: [.retryAfter: "10"]
            )
        }
    }

    /// 404 for every session that the caller cannot use: unknown, ended and foreign ones look alike.
    static var unknownSession: HTTPRefusal { HTTPRefusal(status: .notFound, reason: "session-not-found") }
}
