import ProcessSupport

/// The times that a caller may write (cts.md §3).
///
/// All instants are milliseconds since 1970.
struct TimeText: Sendable {
    /// The last instant that has 13 digits.
    static let latest = 9_999_999_999_999

    /// What `now` is.
    let now: Int
    /// The zone of texts without an offset.
    let zone: TimeZoneRules

    /// The instant that a text says.
    ///
    /// - Throws: ``TimeTextProblem``, always also for a text of white space only.
    func milliseconds(_ text: String) throws(TimeTextProblem) -> Int {
        let text = Array(text.trimmed.utf8)
        let instant =
            if let relative = RelativeTime(text) {
                relative.before(now)
            } else if let unix = try UnixTime.milliseconds(text) {
                unix
            } else {
                DateAndTime(text)?.milliseconds(in: zone)
            }
        guard let instant else { throw .unreadable }
        guard instant <= Self.latest else { throw .tooLate }
        return instant
    }
}
