package import HuaweiCloud

/// Time and chance for a server.
package struct ServerSources: Sendable {
    /// The time of day, and how to wait.
    package var cloudClock: CloudClock
    /// A monotonic clock: the time since a fixed point.
    package var monotonic: @Sendable () -> Duration
    /// 64 bits from a cryptographic source.
    package var randomBits: @Sendable () -> UInt64

    /// These sources.
    package init(
        cloudClock: CloudClock,
        monotonic: @escaping @Sendable () -> Duration,
        randomBits: @escaping @Sendable () -> UInt64
    ) {
        self.cloudClock = cloudClock
        self.monotonic = monotonic
        self.randomBits = randomBits
    }

    /// Those of the machine.
    ///
    /// The clock goes on while the machine sleeps, so that an approval does not outlive its time.
    package static var system: ServerSources {
        let start = ContinuousClock.now
        return ServerSources(
            cloudClock: .system,
            monotonic: { start.duration(to: .now) },
            randomBits: {
                var generator = SystemRandomNumberGenerator()
                return generator.next()
            }
        )
    }
}
