import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on a free loopback port that behaves as the query of a request says.
final class TestUpstream: Sendable {
    /// What it has seen.
    struct Seen: Sendable {
        var heads: [HTTPRequestHead] = []
        var connections = 0
        var closedConnections = 0
        var bytesWritten = 0
    }

    let seen = Mutex(Seen())
    private let channel: any Channel

    private init(_ channel: any Channel) { self.channel = channel }

    static func start(unixSocket path: String? = nil) async throws -> TestUpstream {
        let box = Box()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    try channel.pipeline.syncOperations.addHandler(Handler(box))
                }
            }
        let channel =
            if let path {
                try await bootstrap.bind(unixDomainSocketPath: path).get()
            } else {
                try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
            }
        let upstream = TestUpstream(channel)
        box.upstream.withLock { $0 = upstream }
        return upstream
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    func stop() async { try? await channel.close().get() }

    private final class Box: Sendable {
        let upstream = Mutex<TestUpstream?>(nil)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let box: Box
        private var head: HTTPRequestHead?
        private var body = ByteBuffer()
        private var isPouring = false
        private var isScheduled = false

        init(_ box: Box) { self.box = box }

        private func note(_ change: (inout Seen) -> Void) { box.upstream.withLock { $0 }?.seen.withLock { change(&$0) } }

        func channelActive(context: ChannelHandlerContext) { note { $0.connections += 1 } }

        func channelInactive(context: ChannelHandlerContext) {
            isPouring = false
            note { $0.closedConnections += 1 }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body.clear()
                note { $0.heads.append(head) }
            case .body(var part): body.writeBuffer(&part)
            case .end: answer(context)
            }
        }

        func channelWritabilityChanged(context: ChannelHandlerContext) { pour(context) }

        private func answer(_ context: ChannelHandlerContext) {
            guard let head else { return }
            let mode = head.uri.split(separator: "?").dropFirst().first.map(String.init) ?? "echo"
            switch mode {
            case "echo": respond(context, .ok, body)
            case "unauthorized": respond(context, .unauthorized, ByteBuffer(string: "who?"))
            case "redirect": respond(context, .found, ByteBuffer(), [("Location", "http://127.0.0.1/")])
            case "oversized": respond(context, .ok, ByteBuffer(), [("X", String(repeating: "a", count: 70_000))])
            case "slow": return
            case "close":
                respond(context, .ok, body, [("Connection", "close")])
                context.close(promise: nil)
            case "vanish": context.close(promise: nil)
            case "break":
                write(context, .head(.init(version: .http1_1, status: .ok, headers: ["Content-Length": "100"])))
                writeAndFlush(context, .body(.byteBuffer(ByteBuffer(string: "half"))))
                context.close(promise: nil)
            case "events":
                write(context, .head(.init(version: .http1_1, status: .ok, headers: ["Content-Type": "text/event-stream"])))
                writeAndFlush(context, .body(.byteBuffer(ByteBuffer(string: "data: hello\n\n"))))
            case "pour":
                write(context, .head(.init(version: .http1_1, status: .ok, headers: ["Content-Type": "text/event-stream"])))
                isPouring = true
                pour(context)
            default: respond(context, .notFound, ByteBuffer())
            }
        }

        /// Writes without an end, as fast as it is taken.
        private func pour(_ context: ChannelHandlerContext) {
            let event = ByteBuffer(string: "data: \(String(repeating: "x", count: 10_000))\n\n")
            guard isPouring, !isScheduled, context.channel.isWritable else { return }
            note { $0.bytesWritten += event.readableBytes }
            writeAndFlush(context, .body(.byteBuffer(event)))
            // One event at a time: the loop has other connections.
            isScheduled = true
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.execute {
                let (handler, context) = bound.value
                handler.isScheduled = false
                handler.pour(context)
            }
        }

        private func respond(
            _ context: ChannelHandlerContext,
            _ status: HTTPResponseStatus,
            _ body: ByteBuffer,
            _ fields: [(String, String)] = []
        ) {
            var headers = HTTPHeaders(fields)
            headers.add(name: "Content-Length", value: "\(body.readableBytes)")
            write(context, .head(.init(version: .http1_1, status: status, headers: headers)))
            write(context, .body(.byteBuffer(body)))
            writeAndFlush(context, .end(nil))
        }

        private func write(_ context: ChannelHandlerContext, _ part: HTTPServerResponsePart) {
            context.write(wrapOutboundOut(part), promise: nil)
        }

        private func writeAndFlush(_ context: ChannelHandlerContext, _ part: HTTPServerResponsePart) {
            context.writeAndFlush(wrapOutboundOut(part), promise: nil)
        }
    }
}
