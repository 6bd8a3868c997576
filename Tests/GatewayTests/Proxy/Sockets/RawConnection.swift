import NIOCore
import NIOPosix
import Synchronization

/// A client that sends and receives bytes as they are.
final class RawConnection: Sendable {
    private struct State {
        var received: [UInt8] = []
        var isClosed = false
        var waiting: [(isDone: @Sendable ([UInt8], Bool) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>
    let channel: any Channel

    private init(_ channel: any Channel) {
        self.channel = channel
        state = Mutex(State())
    }

    static func connect(port: Int) async throws -> RawConnection {
        try await connect { try await $0.connect(host: "127.0.0.1", port: port).get() }
    }

    static func connect(unixSocket path: String) async throws -> RawConnection {
        try await connect { try await $0.connect(unixDomainSocketPath: path).get() }
    }

    private static func connect(_ body: (ClientBootstrap) async throws -> any Channel) async throws -> RawConnection {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: false)
        let channel = try await body(bootstrap)
        let connection = RawConnection(channel)
        do {
            try await channel.eventLoop.submit { try channel.pipeline.syncOperations.addHandler(Handler(connection)) }.get()
        } catch {
            // The other end has closed the connection already.
            connection.update { $0.isClosed = true }
        }
        return connection
    }

    /// Begins to read.
    func read() async { try? await channel.setOption(.autoRead, value: true).get() }

    func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

    func close() async { try? await channel.close().get() }

    /// What has been received so far.
    var text: String { String(decoding: state.withLock { $0.received }, as: UTF8.self) }

    /// Reads until the text is there, or the connection ends; everything that was received.
    @discardableResult
    func receive(until end: String) async throws -> String {
        try await receive { bytes, isClosed in isClosed || String(decoding: bytes.suffix(20_000), as: UTF8.self).contains(end) }
    }

    /// Reads until the connection ends; everything that was received.
    func receiveAll() async throws -> String { try await receive { _, isClosed in isClosed } }

    /// Reads so many bytes, or until the connection ends; everything that was received.
    func receive(bytes count: Int) async throws -> String { try await receive { bytes, isClosed in isClosed || bytes.count >= count } }

    private func receive(until isDone: @escaping @Sendable ([UInt8], Bool) -> Bool) async throws -> String {
        if channel.isActive { await read() }
        await withCheckedContinuation { continuation in
            let isDoneNow = state.withLock { state in
                if isDone(state.received, state.isClosed) { return true }
                state.waiting.append((isDone, continuation))
                return false
            }
            if isDoneNow { continuation.resume() }
        }
        return text
    }

    private func update(_ change: (inout State) -> Void) {
        let ready = state.withLock { state in
            change(&state)
            let done = state.waiting.filter { $0.isDone(state.received, state.isClosed) }
            state.waiting.removeAll { $0.isDone(state.received, state.isClosed) }
            return done.map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let connection: RawConnection

        init(_ connection: RawConnection) { self.connection = connection }

        func handlerAdded(context: ChannelHandlerContext) {
            if !context.channel.isActive { connection.update { $0.isClosed = true } }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            connection.update { $0.received.append(contentsOf: buffer.readableBytesView) }
        }

        func channelInactive(context: ChannelHandlerContext) { connection.update { $0.isClosed = true } }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
