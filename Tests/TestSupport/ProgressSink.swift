package import JSONRPC
import MCPServer
import Synchronization

/// Keeps the progress of a call.
package final class ProgressSink: MessageSink {
    private let state = Mutex<[JSONObject]>([])

    /// A sink.
    package init() {}

    package func send(_ message: JSONRPCMessage) async {
        guard case .notification(let notification) = message, notification.method == "notifications/progress" else { return }
        state.withLock { $0.append(notification.params ?? [:]) }
    }

    /// `progress/total message` of each notification.
    package var lines: [String] {
        state.withLock { $0 }.map { params in
            "\(params["progress"]?.intValue ?? -1)/\(params["total"]?.intValue ?? -1) \(params["message"]?.stringValue ?? "")"
        }
    }
}
