import HTTPTypes
import Hummingbird
import JSONRPC
import MCP
import NIOCore

/// Streamable HTTP of 2026-07-28: one POST a request, no session; a client that closes the connection cancels.
struct ModernHTTPEndpoint: Sendable {
    let dispatcher: ModernDispatcher
    let configuration: HTTPConfiguration

    /// Answers a payload.
    func respond(
        to payload: JSONRPCPayload,
        _ headers: HTTPFields,
        from origin: MessageOrigin,
        _ forms: AcceptedForms,
        _ connection: HTTPConnection
    ) async -> Response {
        switch payload {
        case .single(.request(let request)): return await respond(to: request, headers, from: origin, forms, connection)
        // Nothing can be notified over HTTP but what the connection itself tells.
        case .single(.notification): return .accepted
        case .single(.response): return .rpcError(.invalidRequest("This revision has no requests of the server to respond to"))
        case .batch: return .rpcError(.invalidRequest("Batches exist in revision 2025-03-26 only"))
        }
    }

    private func respond(
        to request: JSONRPCRequest,
        _ headers: HTTPFields,
        from origin: MessageOrigin,
        _ forms: AcceptedForms,
        _ connection: HTTPConnection
    ) async -> Response {
        if request.method == SubscriptionFilter.method, !forms.contains(.eventStream) {
            let error = JSONRPCError.invalidRequest("\(request.method) is answered by an event stream: accept text/event-stream")
            return .rpcError(error, id: request.id, status: .notAcceptable)
        }
        let exchange = PostExchange(stream: EventStream(name: nil, limit: 1024), allowsStream: forms.contains(.eventStream))
        let run: @Sendable () async -> JSONRPCResponse?
        switch dispatcher.receive(request, from: origin, headers: RoutingHeaders(headers), sink: exchange) {
        case .ready(let response):
            let value = response.json
            return .document(value, forms, status: Self.status(of: value))
        case .malformed(let response): return .json(response.bytes(), status: .badRequest)
        case .running(let work): run = work
        }
        exchange.run { await run()?.json }
        let gone = connection.whenGone { exchange.cancel() }
        let timer = connection.channel.eventLoop.scheduleTask(in: TimeAmount(configuration.streamAfter)) { _ = exchange.commit() }
        let decision = await exchange.decision()
        timer.cancel()
        switch decision {
        case .document(let value):
            gone.end()
            return Response.document(value, forms, status: Self.status(of: value))
        case .stream:
            let response = StreamingResponse(connection: connection, keepAlive: configuration.keepAlive)
            return response.make(exchange.stream) {
                gone.end()
                exchange.cancel()
            }
        }
    }

    /// 400 for what tells the client that the server speaks this revision, 404 for unknown methods, 200 for every other error: another 400
    /// would make clients of both eras fall back to a handshake.
    private static func status(of value: JSONValue?) -> HTTPResponse.Status {
        switch value?["error"]?["code"]?.intValue {
        case -32020, -32021, -32022: .badRequest
        case -32601: .notFound
        default: .ok
        }
    }
}

extension RoutingHeaders {
    /// The routing headers of an HTTP request.
    init(_ headers: HTTPFields) {
        var parameters: [String: [String]] = [:]
        for field in headers where field.name.canonicalName.hasPrefix("mcp-param-") {
            parameters[String(field.name.canonicalName.dropFirst(10)), default: []].append(field.value)
        }
        self.init(
            version: headers[values: .mcpProtocolVersion],
            method: headers[values: .mcpMethod],
            name: headers[values: .mcpName],
            parameters: parameters
        )
    }
}
