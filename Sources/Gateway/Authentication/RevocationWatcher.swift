import JSONRPC
import ProcessSupport
import Synchronization

/// Keeps a ``RevocationStore`` up to date with its file while the gateway runs.
final class RevocationWatcher: Sendable {
    private let watch: Mutex<RevocationWatch>
    private let store: RevocationStore
    private let log: EventLog
    private let audit: RequestAudit?
    private let now: @Sendable () -> Double
    private let readFile: FileReader

    /// A watcher of the file that the list in force came from.
    ///
    /// - Parameter now: Seconds since 1970.
    init(
        path: String,
        store: RevocationStore,
        log: EventLog,
        audit: RequestAudit? = nil,
        readFile: @escaping FileReader,
        now: @escaping @Sendable () -> Double
    ) {
        watch = Mutex(RevocationWatch(path: path, list: store.current, loaded: now()))
        self.store = store
        self.log = log
        self.audit = audit
        self.readFile = readFile
        self.now = now
    }

    /// The file.
    var path: String { watch.withLock { $0.path } }

    /// Whether the list in force is that of the file.
    var isHealthy: Bool { watch.withLock { $0.isHealthy } }

    /// How the reading of the file goes.
    var health: LoadHealth { watch.withLock { $0.health } }

    /// Looks at the file every second until the task is cancelled.
    @concurrent
    func run() async {
        while !Task.isCancelled {
            look { FileStamp(of: $0) }
            try? await Task.sleep(for: .seconds(RevocationWatch.interval))
        }
    }

    /// Looks once.
    func look(stamp: (String) -> FileStamp?) {
        switch watch.withLock({ $0.look(now: now(), stamp: stamp, readFile: readFile) }) {
        case .unchanged: break
        case .changed(let list):
            store.replace(with: list)
            let counts: JSONObject = ["jti": .int(list.tokenIDs.count), "sub": .int(list.subjects.count)]
            log.info("revocations-loaded", counts)
            audit?.write("revocations-loaded", counts)
        case .failed(let problem):
            let list = store.current
            log.warning(
                "revocations-failed",
                [
                    "error": .string(problem), "jti": .int(list.tokenIDs.count), "sub": .int(list.subjects.count),
                    "detail": "the last good list stays in force",
                ]
            )
        }
    }
}
