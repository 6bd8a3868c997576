import CloudServer

extension ToolError {
    /// A text is no time.
    static func unreadableTime(_ parameter: String, _ problem: TimeTextProblem) -> ToolError {
        ToolError(
            code: timeRangeInvalid,
            message: "\(parameter) \(problem).",
            hint: "Correct what details names and repeat the call.",
            details: [Detail(path: parameter, message: problem.description)]
        )
    }

    /// The window is empty or turned round.
    static let startNotBeforeEnd = ToolError(
        code: timeRangeInvalid,
        message: "start_time is not before end_time.",
        hint: "Choose a start_time before end_time; without one it is an hour before."
    )

    /// The traces of that time are gone.
    static let startTooOld = ToolError(
        code: "TIME_RANGE_TOO_OLD",
        message: "start_time is more than 7 days ago, and CTS keeps traces for 7 days.",
        hint: "Search from -7d on; older traces are only in the OBS bucket that the tracker transfers them to, if it does."
    )

    private static let timeRangeInvalid = "TIME_RANGE_INVALID"
}
