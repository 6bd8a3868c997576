import FoundationEssentials

/// A moment of the simulated cloud: milliseconds since 1970-01-01T00:00:00Z.
///
/// The only notion of wall-clock time below the listener.
struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970, UTC.
    var milliseconds: Int64

    /// So many milliseconds since 1970.
    init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// A date, cut to milliseconds.
    init(_ date: Date) { milliseconds = Int64((date.timeIntervalSince1970 * 1_000).rounded(.down)) }

    /// The same moment.
    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    static func < (lhs: Timestamp, rhs: Timestamp) -> Bool { lhs.milliseconds < rhs.milliseconds }

    /// The moment so many milliseconds later; earlier when negative.
    ///
    /// Never overflows.
    func adding(milliseconds delta: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(delta)
        return Timestamp(milliseconds: overflow ? (delta < 0 ? .min : .max) : sum)
    }

    /// The moment so many seconds later; earlier when negative.
    func adding(seconds: Int64) -> Timestamp {
        let (delta, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        return adding(milliseconds: overflow ? (seconds < 0 ? .min : .max) : delta)
    }
}
