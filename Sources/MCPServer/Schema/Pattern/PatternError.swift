/// Why a regular expression cannot be used.
enum PatternError: Error, CustomStringConvertible {
    case invalid(String)
    case unsupported(String)
    case tooLarge

    var description: String {
        switch self {
        case .invalid(let problem): "is no valid regular expression: \(problem)"
        case .unsupported(let feature): "uses \(feature), which cannot be matched in linear time or is not supported"
        case .tooLarge: "is too large a regular expression"
        }
    }
}
