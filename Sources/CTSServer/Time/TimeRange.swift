import CloudServer

/// The window of a search, in milliseconds since 1970; the API takes both ends as exclusive.
struct TimeRange: Sendable, Hashable {
    /// How long the service keeps traces, in milliseconds.
    static let retention = 7 * 86_400_000
    /// How much older a start may be and is still sent, in milliseconds.
    static let tolerance = 5 * 60_000
    /// How long before the end the start is by default, in milliseconds.
    static let defaultLength = 3_600_000

    /// The start.
    var from: Int
    /// The end.
    var to: Int

    /// A window of these ends.
    init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }

    /// The window that two texts say; nil = not given (cts.md §4).
    ///
    /// - Throws: `TIME_RANGE_INVALID` or `TIME_RANGE_TOO_OLD`, for the first check that fails: end, start, order, age.
    init(start: String?, end: String?, reader: TimeText) throws(ToolError) {
        to = try end.map { (text) throws(ToolError) in try Self.read(text, "end_time", reader) } ?? reader.now
        from = try start.map { (text) throws(ToolError) in try Self.read(text, "start_time", reader) } ?? to - Self.defaultLength
        guard from < to else { throw .startNotBeforeEnd }
        guard from >= reader.now - Self.retention - Self.tolerance else { throw .startTooOld }
    }

    private static func read(_ text: String, _ parameter: String, _ reader: TimeText) throws(ToolError) -> Int {
        do throws(TimeTextProblem) { return try reader.milliseconds(text) } catch { throw .unreadableTime(parameter, error) }
    }
}
