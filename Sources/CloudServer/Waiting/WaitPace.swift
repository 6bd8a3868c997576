/// When a bounded wait looks again, as a function of the time.
struct WaitPace: Sendable, Hashable {
    /// The time that is kept for the last look.
    static let reserve = Duration.seconds(2)

    /// How long the whole wait may take.
    let limit: Duration

    /// How long to pause before the next look; nil when there is no time for another one.
    ///
    /// - Parameters:
    ///   - looks: How many there were.
    ///   - elapsed: The time since the wait began.
    func pause(afterLooks looks: Int, elapsed: Duration) -> Duration? {
        let left = limit - elapsed - Self.reserve
        guard left > .zero else { return nil }
        let pause: Duration =
            switch looks {
            case ...1: .seconds(2)
            case 2: .seconds(3)
            default: .seconds(5)
            }
        return min(pause, left)
    }
}
