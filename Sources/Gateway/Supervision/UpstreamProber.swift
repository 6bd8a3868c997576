import NIOCore
import NIOPosix

/// Tries the `upstream` services that the last connection did not reach, every 5 s (gateway.md §10.1).
struct UpstreamProber: Sendable {
    private static let pause = Duration.seconds(5)

    private let directory: UpstreamDirectory
    private let connectTimeout: Int64

    /// - Parameters:
    ///   - directory: Where the states are kept.
    ///   - connectTimeout: Seconds for one attempt.
    init(directory: UpstreamDirectory, connectTimeout: Int?) {
        self.directory = directory
        self.connectTimeout = Int64(min(connectTimeout ?? 5, 5))
    }

    /// Tries until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            await withDiscardingTaskGroup { group in
                for upstream in directory.unreachable {
                    group.addTask { await attempt(upstream) }
                }
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Tries one service once.
    func attempt(_ upstream: Upstream) async {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(.seconds(connectTimeout))
        do {
            let channel: any Channel
            switch upstream.address {
            case .tcp(let host, let port)?: channel = try await bootstrap.connect(host: host, port: port).get()
            case .unix(let path)?: channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
            case nil: return
            }
            try? await channel.close()
            directory.noteConnection(to: upstream.service, succeeded: true)
        } catch {
            directory.noteConnection(to: upstream.service, succeeded: false)
        }
    }
}
