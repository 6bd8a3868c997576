import NIOCore
import NIOPosix

/// Asks a server whether it answers: `GET /healthz`, for which any HTTP answer will do (gateway.md §12).
struct HealthCheck: Sendable {
    /// What was found.
    enum Finding: Sendable, Hashable {
        /// There is no connection.
        case unreachable
        /// There is one, and no answer in time.
        case silent
        /// There was an answer.
        case answered
    }

    private let address: UpstreamAddress
    private let connectTimeout: TimeAmount
    private let answerTimeout: TimeAmount

    /// A check of the server at this address.
    ///
    /// The times are in seconds.
    init(_ address: UpstreamAddress, connectTimeout: Int64, answerTimeout: Int64) {
        self.address = address
        self.connectTimeout = .seconds(connectTimeout)
        self.answerTimeout = .seconds(answerTimeout)
    }

    /// Checks once, on a connection of its own.
    func run() async -> Finding {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let answer = eventLoop.makePromise(of: Bool.self)
        let request = "GET /healthz HTTP/1.1\r\nHost: \(address.hostHeader)\r\nConnection: close\r\n\r\n"
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(connectTimeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(HealthCheckHandler(request: request, answer: answer))
                }
            }
        let channel: any Channel
        do {
            switch address {
            case .tcp(let host, let port): channel = try await bootstrap.connect(host: host, port: port).get()
            case .unix(let path): channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
        } catch {
            answer.succeed(false)
            return .unreachable
        }
        let timer = eventLoop.scheduleTask(in: answerTimeout) { answer.succeed(false) }
        let isAnswered = (try? await answer.futureResult.get()) ?? false
        timer.cancel()
        try? await channel.close()
        return isAnswered ? .answered : .silent
    }
}

/// Sends the request as soon as it can and looks at how the answer begins.
private final class HealthCheckHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let beginning = Array("HTTP/1.".utf8)

    private let request: String
    private let answer: EventLoopPromise<Bool>
    private var received: [UInt8] = []

    init(request: String, answer: EventLoopPromise<Bool>) {
        self.request = request
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard received.count < Self.beginning.count else { return }
        received += unwrapInboundIn(data).readableBytesView.prefix(Self.beginning.count - received.count)
        if received == Self.beginning { answer.succeed(true) }
    }

    func channelInactive(context: ChannelHandlerContext) { answer.succeed(false) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
