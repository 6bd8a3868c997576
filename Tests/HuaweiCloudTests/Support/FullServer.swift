import NIOCore
import NIOPosix

/// A server that never accepts and whose queue is full, so that connecting hangs.
struct FullServer {
    let port: Int
    private let channel: any Channel
    private let occupants: [any Channel]

    static func start() async throws -> FullServer {
        let group = MultiThreadedEventLoopGroup.singleton
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 0)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        var occupants: [any Channel] = []
        for _ in 0..<8 {
            let client = ClientBootstrap(group: group).connectTimeout(.milliseconds(50))
            if let occupant = try? await client.connect(host: "127.0.0.1", port: port).get() { occupants.append(occupant) }
        }
        return FullServer(port: port, channel: channel, occupants: occupants)
    }

    func stop() async {
        for occupant in occupants { try? await occupant.close() }
        try? await channel.close()
    }
}
