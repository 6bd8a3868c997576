import Foundation
import HuaweiCloud
import Synchronization

/// A clock that moves only when somebody waits, and then at once.
final class TestClock: Sendable {
    private let state: Mutex<(now: Date, waits: [Duration])>

    init(_ now: Date = Date(timeIntervalSince1970: 1_768_464_930)) { state = Mutex((now, [])) }

    /// All waits so far.
    var waits: [Duration] { state.withLock { $0.waits } }

    /// The clock for the client.
    var clock: CloudClock {
        CloudClock(now: { self.state.withLock { $0.now } }) { duration in
            try Task.checkCancellation()
            self.state.withLock { state in
                state.waits.append(duration)
                state.now.addTimeInterval(duration / .seconds(1))
            }
        }
    }
}
