/// A point on the time line along which jobs and pipeline runs progress, in milliseconds.
///
/// It is not the wall clock: it may run faster (`--speed`) and may be advanced by the control endpoint, while the wall clock, by which
/// signatures are judged and traces are dated, stays that of the callers.
struct WorkTime: Sendable, Hashable, Comparable {
    /// Milliseconds of work since the simulator was started.
    var milliseconds: Int64

    static func < (lhs: WorkTime, rhs: WorkTime) -> Bool { lhs.milliseconds < rhs.milliseconds }

    static func + (lhs: WorkTime, milliseconds: Int64) -> WorkTime {
        let (sum, overflow) = lhs.milliseconds.addingReportingOverflow(milliseconds)
        return WorkTime(milliseconds: overflow ? (milliseconds < 0 ? .min : .max) : sum)
    }
}

/// Translates between the wall clock and the time line of work.
struct WorkClock: Sendable, Hashable {
    /// How many milliseconds of work pass in a millisecond.
    let speed: Double
    private var wallOrigin: Timestamp
    private var workOrigin = WorkTime(milliseconds: 0)

    /// A clock whose work time is 0 now.
    init(speed: Double, now: Timestamp) {
        self.speed = speed
        wallOrigin = now
    }

    /// The work time at a moment.
    ///
    /// It does not go back when the wall clock does.
    func work(at now: Timestamp) -> WorkTime {
        let (elapsed, overflow) = now.milliseconds.subtractingReportingOverflow(wallOrigin.milliseconds)
        let progress = Double(overflow ? 0 : max(0, elapsed)) * speed
        return workOrigin + (progress < 9.0e15 ? Int64(progress) : 9_000_000_000_000_000)
    }

    /// The moment at which the work time was reached; the latest jump of the clock when it was jumped over.
    func wall(of time: WorkTime) -> Timestamp {
        let (distance, overflow) = time.milliseconds.subtractingReportingOverflow(workOrigin.milliseconds)
        guard !overflow, distance > 0, speed > 0 else { return wallOrigin }
        let elapsed = Double(distance) / speed
        return wallOrigin.adding(milliseconds: elapsed < 9.0e15 ? Int64(elapsed) : .max)
    }

    /// Lets so many milliseconds of work pass at once.
    mutating func advance(milliseconds: Int64, now: Timestamp) {
        workOrigin = work(at: now) + max(0, milliseconds)
        wallOrigin = now
    }

    /// Follows the wall clock when it is set; no work passes.
    mutating func wallClockWasSet(milliseconds difference: Int64) { wallOrigin = wallOrigin.adding(milliseconds: difference) }
}
