import NIOCore
import NIOPosix
import Synchronization

/// A TCP server that shows every byte it received and answers with given bytes, whatever HTTP says about them.
final class RawServer: Sendable {
    /// What to do with a connection when a request on it is complete, or at once.
    enum Reply: Sendable {
        /// Send the bytes and keep the connection.
        case bytes(String)
        /// Send the bytes and close.
        case bytesThenClose(String)
        /// Close without a word.
        case close
        /// Never answer.
        case nothing
        /// Close as soon as the connection stands.
        case closeOnAccept
    }

    static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

    /// The port on 127.0.0.1.
    let port: Int

    private let channel: any Channel
    private let log: ServerLog

    private init(channel: any Channel, log: ServerLog, port: Int) {
        self.channel = channel
        self.log = log
        self.port = port
    }

    /// Starts a server; the n-th request gets the n-th reply, the last one repeats.
    static func start(_ replies: [Reply]) async throws -> RawServer {
        let log = ServerLog(replies: replies)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(RawConnection(log: log)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return RawServer(channel: channel, log: log, port: channel.localAddress?.port ?? 0)
    }

    /// The requests so far, each as the text that arrived.
    var requests: [String] { log.state.withLock { $0.requests } }

    /// How many connections there were.
    var connections: Int { log.state.withLock { $0.connections } }

    func stop() async { try? await channel.close() }
}

/// What a server saw and has still to say.
final class ServerLog: Sendable {
    struct State {
        var requests: [String] = []
        var connections = 0
        var replies: [RawServer.Reply]
    }

    let state: Mutex<State>

    init(replies: [RawServer.Reply]) { state = Mutex(State(replies: replies)) }

    func nextReply() -> RawServer.Reply {
        state.withLock { $0.replies.count > 1 ? $0.replies.removeFirst() : $0.replies.first ?? .nothing }
    }
}

private final class RawConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: ServerLog
    private var received = ""

    init(log: ServerLog) { self.log = log }

    func channelActive(context: ChannelHandlerContext) {
        let closesAtOnce = log.state.withLock { state in
            state.connections += 1
            if case .closeOnAccept = state.replies.first { return true }
            return false
        }
        if closesAtOnce { context.close(promise: nil) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        received += String(decoding: buffer.readableBytesView, as: UTF8.self)
        while let request = completeRequest() {
            log.state.withLock { $0.requests.append(request) }
            switch log.nextReply() {
            case .bytes(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .bytesThenClose(let text):
                context.write(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                context.flush()
                context.close(promise: nil)
            case .close, .closeOnAccept: context.close(promise: nil)
            case .nothing: break
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Cuts the next request with its body off what was received.
    private func completeRequest() -> String? {
        guard let end = received.firstRange(of: "\r\n\r\n") else { return nil }
        var length = 0
        for line in received[..<end.lowerBound].split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            length = Int(line.dropFirst(15).drop { $0 == " " }) ?? 0
        }
        let body = received.utf8[end.upperBound...]
        guard body.count >= length else { return nil }
        let stop = body.index(body.startIndex, offsetBy: length)
        let request = String(received[..<stop])
        received = String(received[stop...])
        return request
    }
}
