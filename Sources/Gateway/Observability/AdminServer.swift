import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// The admin listener: plain HTTP on loopback.
final class AdminServer: Sendable {
    private let group: ServiceGroup
    private let task: Task<Void, any Error>
    /// The port that it listens on.
    let port: Int

    private init(group: ServiceGroup, task: Task<Void, any Error>, port: Int) {
        self.group = group
        self.task = task
        self.port = port
    }

    /// Binds 127.0.0.1 and serves these pages.
    ///
    /// - Throws: When the port cannot be bound.
    static func start(port: Int, pages: AdminPages, logger: Logger) async throws -> AdminServer {
        let (bound, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: AdminResponder(pages: pages),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                continuation.yield(channel.localAddress?.port ?? port)
                continuation.finish()
            },
            logger: logger
        )
        var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(1)
        let group = ServiceGroup(configuration: configuration)
        let task = Task {
            defer { continuation.finish() }
            try await group.run()
        }
        for await port in bound { return AdminServer(group: group, task: task, port: port) }
        try await task.value
        throw CancellationError()
    }

    /// Closes the listener and its connections.
    func stop() async {
        await group.triggerGracefulShutdown()
        _ = await task.result
    }
}

/// Answers a request with a page.
private struct AdminResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let pages: AdminPages

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let answer = pages.answer(method: request.method.rawValue, path: request.uri.path, host: request.head.authority)
        var headers = HTTPFields()
        for field in answer.headers {
            if let name = HTTPField.Name(field.name) { headers.append(HTTPField(name: name, value: field.value)) }
        }
        headers[.contentLength] = String(answer.body.count)
        let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        return Response(status: .init(code: answer.status), headers: headers, body: body)
    }
}
