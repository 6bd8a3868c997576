import NIOCore
import NIOPosix
import Testing

@testable import Gateway

/// What a health check may say about a server: the state of its connection, and whether its circuit may be tried.
@Suite(.timeLimit(.minutes(1))) struct UpstreamProberTests {
    /// Accepts connections and never says anything.
    private final class Silent: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let answer: String?

        init(answer: String?) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if let answer { context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil) }
        }
    }

    private func server(answer: String?) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Silent(answer: answer)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    private func directory(_ port: Int) throws -> UpstreamDirectory {
        let directory = UpstreamDirectory()
        directory.addExternal("b", .tcp(host: "127.0.0.1", port: port), UpstreamLimits(circuitFailures: 1, circuitCooldown: 60))
        directory.noteConnection(to: "b", succeeded: false)
        var pass = try #require(directory.gate(of: "b")).enter(now: 0)
        pass.failed("upstream-unreachable", now: 0)
        pass.leave()
        #expect(directory.doubtful.map(\.service) == ["b"])
        return directory
    }

    private func attempt(_ directory: UpstreamDirectory) async throws {
        let upstream = try #require(directory.upstream(of: "b"))
        await UpstreamProber(directory: directory, connectTimeout: 1).attempt(upstream)
    }

    @Test("a server that answers is reachable, and a request may try it", arguments: ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 404 X\r\n\r\n"])
    func answers(_ answer: String) async throws {
        let server = try await server(answer: answer)
        let directory = try directory(server.localAddress?.port ?? 0)
        try await attempt(directory)
        #expect(directory.upstream(of: "b")?.state == .ready)
        #expect(directory.gate(of: "b")?.figures.circuit == .halfOpen)
        try await server.close()
    }

    @Test("a server that hangs is reachable, and its circuit stays open", arguments: [nil, "SSH-2.0-OpenSSH\r\n"] as [String?])
    func hangs(_ answer: String?) async throws {
        let server = try await server(answer: answer)
        let directory = try directory(server.localAddress?.port ?? 0)
        try await attempt(directory)
        #expect(directory.upstream(of: "b")?.state == .ready)
        #expect(directory.gate(of: "b")?.figures.circuit == .open)
        #expect(directory.doubtful.map(\.service) == ["b"])
        try await server.close()
    }

    @Test("a server that is gone stays unreachable") func gone() async throws {
        let directory = try directory(1)
        try await attempt(directory)
        #expect(directory.unreachable.map(\.service) == ["b"])
        #expect(directory.gate(of: "b")?.figures.circuit == .open)
    }

    @Test("managed servers are tried when their circuit is not closed, and only while they run") func managed() throws {
        let directory = UpstreamDirectory()
        directory.addManaged("a", UpstreamLimits(circuitFailures: 1))
        directory.update("a", state: .ready, address: .tcp(host: "127.0.0.1", port: 1))
        #expect(directory.doubtful.isEmpty)
        var pass = try #require(directory.gate(of: "a")).enter(now: 0)
        pass.failed("upstream-timeout", now: 0)
        pass.leave()
        #expect(directory.doubtful.map(\.service) == ["a"])
        #expect(directory.isReady)
        directory.update("a", state: .restarting)
        #expect(directory.doubtful.isEmpty)
    }
}
