import AuthCommon
import HTTPTypes
import Hummingbird
import JSONRPC
import Logging
import MCP
import NIOCore
import NIOEmbedded

@testable import MCPServer

/// A listener without a socket: what a request gets, header by header.
struct ResponderBench {
    /// An answer with its body read to the end.
    struct Answer {
        var status: Int
        var headers: HTTPFields
        var body: String

        var json: JSONValue? { try? JSONParser.parse(body) }
    }

    private final class Collector: ResponseBodyWriter {
        var text = ""

        func write(_ buffer: ByteBuffer) async throws { text += String(buffer: buffer) }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    let registry: SessionRegistry
    private let responder: MCPResponder

    /// A bench with 4 KiB bodies, where everybody is who `Authorization` says.
    init(_ server: MCPServer, sessionLimit: Int = 3, sessionLimitPerOwner: Int = 3) {
        let registry = SessionRegistry(limit: sessionLimit, limitPerOwner: sessionLimitPerOwner, idleTime: .seconds(60))
        self.registry = registry
        var configuration = HTTPConfiguration(address: .host("127.0.0.1", port: 0), service: "ecs")
        configuration.maximumBodyBytes = 4096
        responder = MCPResponder(server: server, configuration: configuration, registry: registry) { headers, _ throws(HTTPRefusal) in
            guard let user = headers[values: .authorization].first else {
                throw HTTPRefusal(status: .unauthorized, reason: "missing-identity", headers: [.wwwAuthenticate: "Bearer"])
            }
            return Identity(subject: user, roles: ["admin"], tenant: "")
        }
    }

    /// Sends a request as alice, with headers that suit a message; an empty value takes one away.
    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], body: String = "") async throws -> Answer {
        var fields: HTTPFields = [
            .authorization: "alice", .contentType: "application/json", .accept: "application/json, text/event-stream",
        ]
        for name in Set(headers.map(\.name)) {
            fields[values: name] = headers[values: name].filter { !$0.isEmpty }
        }
        let head = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:8000", path: path, headerFields: fields)
        let source = ApplicationRequestContextSource(
            channel: EmbeddedChannel(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
        let response = try await responder.respond(to: request, context: HTTPConnection(source: source))
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, body: collector.text)
    }
}
