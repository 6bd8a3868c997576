import AuthCommon
import HTTPTypes
import Hummingbird
import MCP
import NIOCore

/// Routes the requests of one listener: Host and Origin first, then health, identity, and the endpoints of the transports.
struct MCPResponder: HTTPResponder {
    typealias Context = HTTPConnection

    /// Establishes who sent a request.
    typealias Authenticate = @Sendable (HTTPFields, _ peer: String?) throws(HTTPRefusal) -> Identity

    let server: MCPServer
    let configuration: HTTPConfiguration
    let policy: HostPolicy
    let authenticate: Authenticate
    let onRefusal: HTTPTransport.Refused
    let streamable: StreamableHTTPEndpoint
    let sse: SSEEndpoint

    init(
        server: MCPServer,
        configuration: HTTPConfiguration,
        registry: SessionRegistry,
        authenticate: @escaping Authenticate,
        onRefusal: @escaping HTTPTransport.Refused = { _, _, _ in }
    ) {
        self.server = server
        self.configuration = configuration
        self.authenticate = authenticate
        self.onRefusal = onRefusal
        policy = HostPolicy(configuration)
        let dispatcher = LegacyDispatcher(server: server)
        streamable = StreamableHTTPEndpoint(
            legacy: LegacyHTTPEndpoint(dispatcher: dispatcher, registry: registry, configuration: configuration),
            modern: ModernHTTPEndpoint(dispatcher: ModernDispatcher(server: server), configuration: configuration),
            configuration: configuration
        )
        sse = SSEEndpoint(dispatcher: dispatcher, registry: registry, configuration: configuration)
    }

    func respond(to request: Request, context: HTTPConnection) async throws -> Response {
        do throws(HTTPRefusal) {
            return try await route(request, context)
        } catch {
            onRefusal(error, request.uri.path, context.peer)
            return Response.refusal(error)
        }
    }

    private func route(_ request: Request, _ context: HTTPConnection) async throws(HTTPRefusal) -> Response {
        try policy.check(authority: request.head.authority, origins: request.headers[values: .origin])
        switch request.uri.path {
        case "/mcp", "/mcp/": return try await streamable.respond(to: request, from: try origin(request, context, .streamableHTTP), context)
        case "/sse", "/sse/": return try sse.open(request, from: try origin(request, context, .sse), context)
        case "/messages", "/messages/": return try await sse.post(request, from: try origin(request, context, .sse))
        case "/healthz": return try health(request)
        default: throw HTTPRefusal(status: .notFound, reason: "not-found")
        }
    }

    private func origin(_ request: Request, _ context: HTTPConnection, _ kind: TransportKind) throws(HTTPRefusal) -> MessageOrigin {
        let identity = try authenticate(request.headers, context.peer)
        return MessageOrigin(
            identity: identity,
            transport: kind,
            gatewayRequestID: Self.requestID(request.headers),
            traceID: TraceParent(request.headers[values: .traceParent])?.traceID,
            peer: context.peer
        )
    }

    private func health(_ request: Request) throws(HTTPRefusal) -> Response {
        guard request.method == .get || request.method == .head else { throw .methodNotAllowed("GET, HEAD") }
        let body = #"{"status":"ok","service":"\#(configuration.service)","version":"\#(server.info.version)"}"#
        return .json(Array(body.utf8))
    }

    /// The id that a gateway gave the request: 1 to 64 visible ASCII characters.
    private static func requestID(_ headers: HTTPFields) -> String? {
        guard let id = headers[.xRequestID], (1...64).contains(id.utf8.count) else { return nil }
        return id.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? id : nil
    }
}
