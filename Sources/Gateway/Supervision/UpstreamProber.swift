import Synchronization

/// Tries the servers that may be dead or hang, every 5 s: `upstream` services that the last connection did not reach (gateway.md §10.1), and
/// every service whose circuit is not closed.
///
/// A connection makes the service reachable again. Only an answer speaks for a circuit, because a server that hangs can still be connected
/// to; then the next request finds out whether it does its work, too.
struct UpstreamProber: Sendable {
    private static let pause = Duration.seconds(5)

    private let directory: UpstreamDirectory
    private let timeout: Int64

    /// - Parameters:
    ///   - directory: Where the states are kept.
    ///   - connectTimeout: Seconds for one attempt.
    init(directory: UpstreamDirectory, connectTimeout: Int?) {
        self.directory = directory
        timeout = Int64(min(connectTimeout ?? 5, 5))
    }

    /// Tries until the task is cancelled.
    ///
    /// An attempt that takes long keeps no other service waiting.
    func run() async {
        let running = RunningAttempts()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for upstream in directory.doubtful where running.begin(upstream.service) {
                    group.addTask {
                        await attempt(upstream)
                        running.end(upstream.service)
                    }
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Tries one service once.
    func attempt(_ upstream: Upstream) async {
        guard let address = upstream.address else { return }
        let finding = await HealthCheck(address, connectTimeout: timeout, answerTimeout: timeout).run()
        // The server may have been replaced meanwhile; what was found does not concern the new one.
        guard directory.upstream(of: upstream.service)?.address == address else { return }
        directory.noteConnection(to: upstream.service, succeeded: finding != .unreachable)
        if finding == .answered { directory.noteHealthy(upstream.service) }
    }
}

/// The services that are being tried.
private final class RunningAttempts: Sendable {
    private let services = Mutex<Set<String>>([])

    /// Notes the beginning; false when the service is being tried already.
    func begin(_ service: String) -> Bool { services.withLock { $0.insert(service).inserted } }

    /// Notes the end.
    func end(_ service: String) { services.withLock { _ = $0.remove(service) } }
}
