import AuthCommon
import Foundation
import JSONRPC
import MCP
import MCPServer
import ProcessSupport
import Synchronization
import TestSupport

@testable import CloudServer

/// Keeps the notifications of a request.
final class NotificationSink: MessageSink {
    private let state = Mutex<[JSONRPCNotification]>([])

    func send(_ message: JSONRPCMessage) async {
        if case .notification(let notification) = message { state.withLock { $0.append(notification) } }
    }

    /// `progress/total message` of each progress notification.
    var progress: [String] {
        state.withLock { $0 }.filter { $0.method == "notifications/progress" }.map { notification in
            let params = notification.params ?? [:]
            return "\(params["progress"]?.doubleValue ?? -1)/\(params["total"]?.doubleValue ?? -1) \(params["message"]?.stringValue ?? "")"
        }
    }
}

extension ToolContext {
    /// A context for a wait whose clock moves only when it pauses.
    static func waiting(_ clock: TestClock, sink: NotificationSink = NotificationSink(), pauses: PauseLog = PauseLog()) -> ToolContext {
        ToolContext(
            identity: .reader,
            callID: "call-1",
            request: RequestContext(
                revision: .v2025_06_18,
                clientInfo: nil,
                clientCapabilities: ClientCapabilities(),
                requestID: .number(JSONNumber(1)),
                origin: MessageOrigin(identity: .reader, transport: .stdio),
                progressToken: "p",
                sink: sink
            ),
            log: .disabled,
            now: { Date(timeIntervalSince1970: 0) },
            clock: WaitClock(
                now: { clock.now },
                sleep: { duration in
                    try Task.checkCancellation()
                    pauses.append(duration)
                    clock.advance(by: duration)
                }
            )
        )
    }
}

/// The pauses that were made.
final class PauseLog: Sendable {
    private let state = Mutex<[Duration]>([])
    func append(_ pause: Duration) { state.withLock { $0.append(pause) } }
    var all: [Duration] { state.withLock { $0 } }
}
