import HuaweiCloud
import MCPServer

/// Waits for something in the cloud to end, within the time that a call may take: looks, reports progress, pauses, looks again.
///
/// All requests, repetitions and pauses together stay within the limit. Cancelling the call ends the wait at once. What has not ended by
/// then is a good answer: the caller goes on waiting with another call.
package struct BoundedWait: Sendable {
    /// What a wait came to.
    package struct Outcome<State: Sendable>: Sendable {
        /// What was seen last.
        package let state: State
        /// How long the wait took, in whole seconds.
        package let seconds: Int
    }

    /// The parameter that bounds a wait.
    package static let parameter = Property.integer(
        "timeout_seconds",
        "Longest wait in this call.",
        default: 30,
        minimum: 1,
        maximum: 50
    )

    private let limit: Duration
    private let context: ToolContext

    /// A wait of the length that ``parameter`` says.
    package init(_ arguments: Arguments, _ context: ToolContext) {
        limit = .seconds(arguments.int(Self.parameter.name))
        self.context = context
    }

    /// Looks until something is over or the time is.
    ///
    /// A later look that fails in a way that may pass is no news; the first one must succeed.
    ///
    /// - Parameters:
    ///   - isOver: Whether waiting longer is of no use.
    ///   - describe: What the client is told of the progress, in a few words.
    ///   - look: Asks the cloud.
    /// - Throws: what `look` throws; `CancellationError`.
    package func callAsFunction<State: Sendable>(
        until isOver: (State) -> Bool,
        describe: (State) -> String,
        look: () async throws -> State
    ) async throws -> Outcome<State> {
        let clock = context.clock
        let pace = WaitPace(limit: limit)
        let start = clock.now()
        let deadline = CloudDeadline(after: limit, monotonic: clock.now)
        var state = try await CloudDeadline.$current.withValue(deadline) { try await look() }
        var looks = 1
        while true {
            let elapsed = clock.now() - start
            await context.request.reportProgress(elapsed / .seconds(1), total: limit / .seconds(1), message: describe(state))
            guard !isOver(state), let pause = pace.pause(afterLooks: looks, elapsed: elapsed) else {
                return Outcome(state: state, seconds: Int(elapsed.components.seconds))
            }
            try await clock.sleep(pause)
            do {
                state = try await CloudDeadline.$current.withValue(deadline) { try await look() }
            } catch let error as CloudError where error.retryable == true && !error.isCancellation {
                // The state is the one of before; the next look may succeed.
            }
            looks += 1
        }
    }
}
