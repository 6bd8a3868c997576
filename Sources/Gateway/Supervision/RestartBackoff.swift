/// When a managed server that exited is started again (gateway.md §12).
///
/// Pure: it is told what happens and says what to do.
struct RestartBackoff: Sendable, Hashable {
    /// The first delay, in seconds.
    static let shortest = 0.5
    /// The longest delay, also that of a server whose configuration is wrong.
    static let longest = 30.0
    /// After so many seconds of readiness the delays begin again.
    static let resetAfter = 60.0
    /// The exit code of a server whose configuration is wrong.
    static let configurationExit: Int32 = 2

    /// What to do after an exit.
    struct Restart: Sendable, Hashable {
        /// Seconds to wait.
        let delay: Double
        /// The state meanwhile.
        let state: ServiceState
    }

    private var next = Self.shortest
    private var readySince: Double?

    /// No server has exited yet.
    init() {}

    /// The server answers.
    ///
    /// - Parameter now: Seconds of a clock that never goes back.
    mutating func becameReady(now: Double) { readySince = now }

    /// The server has exited, or could not be started: then there is no code.
    mutating func exited(code: Int32?, now: Double) -> Restart {
        if let readySince, now - readySince >= Self.resetAfter { next = Self.shortest }
        readySince = nil
        if code == Self.configurationExit { return Restart(delay: Self.longest, state: .failed) }
        let delay = next
        next = min(next * 2, Self.longest)
        return Restart(delay: delay, state: .restarting)
    }
}
