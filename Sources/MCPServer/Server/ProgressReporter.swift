import JSONRPC
import MCP
import Synchronization

/// Sends progress of one request, each value larger than the one before.
final class ProgressReporter: Sendable {
    let token: JSONValue
    private let revision: ProtocolRevision
    private let sink: any MessageSink
    private let last = Mutex<Double>(-.infinity)

    init(token: JSONValue, revision: ProtocolRevision, sink: any MessageSink) {
        self.token = token
        self.revision = revision
        self.sink = sink
    }

    func report(_ progress: Double, total: Double?, message: String?) async {
        let grew = last.withLock { last in
            guard progress.isFinite, progress > last else { return false }
            last = progress
            return true
        }
        guard grew, !Task.isCancelled else { return }
        let notification = ProgressNotification(token: token, progress: progress, total: total, message: message)
        await sink.send(.notification(notification.notification(revision)))
    }
}
