/// Why a text is no time (cts.md §3); the description completes a sentence that begins with the parameter.
enum TimeTextProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// None of the forms.
    case unreadable
    /// Digits that are neither seconds nor milliseconds.
    case tooFewDigits
    /// After 9999999999999 ms, the last instant that the API can write.
    case tooLate

    var description: String {
        switch self {
        case .unreadable:
            "must be now, a relative time such as -30m, -2h or -7d, a date and time such as 2026-06-20T14:00:00+08:00, or a Unix time"
        case .tooFewDigits: "is a number, but neither Unix seconds (10 digits) nor Unix milliseconds (13 digits)"
        case .tooLate: "is later than the API can express"
        }
    }
}
