/// The end of the time that a piece of work has for all its requests to the cloud together.
///
/// The caller binds one to its task; the client gives every attempt at most what is left, and makes none that could not end in time.
package struct CloudDeadline: Sendable {
    /// The deadline of the running work; nil = only the client's own limits hold.
    @TaskLocal package static var current: CloudDeadline?

    private let end: Duration
    private let monotonic: @Sendable () -> Duration

    /// A deadline.
    ///
    /// - Parameters:
    ///   - limit: How much time there is from now on.
    ///   - monotonic: A monotonic clock: the time since a fixed point.
    package init(after limit: Duration, monotonic: @escaping @Sendable () -> Duration) {
        end = monotonic() + limit
        self.monotonic = monotonic
    }

    /// What is left; never negative.
    package var remaining: Duration { max(.zero, end - monotonic()) }

    /// The time that something may take that has this limit by itself.
    static func limiting(_ limit: Duration) -> Duration { current.map { min($0.remaining, limit) } ?? limit }

    /// Whether there is time left after waiting so long.
    static func allows(waiting wait: Duration) -> Bool { current.map { wait < $0.remaining } ?? true }
}
