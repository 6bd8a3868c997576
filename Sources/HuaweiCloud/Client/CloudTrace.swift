import Synchronization

/// Collects what the log of a tool call tells about the cloud.
///
/// The caller binds one to its task; the client fills it.
package final class CloudTrace: Sendable {
    /// The collector of the running call.
    @TaskLocal package static var current: CloudTrace?

    private let state = Mutex<String?>(nil)

    /// An empty collector.
    package init() {}

    /// The request id of the last call that was answered; nil before the first answer or when it carried none.
    package var requestID: String? { state.withLock { $0 } }

    /// Notes an answer.
    func record(requestID: String?) { state.withLock { $0 = requestID } }
}
