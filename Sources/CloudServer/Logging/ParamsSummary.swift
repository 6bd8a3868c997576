import JSONRPC

/// What the log tells of a call's arguments (servers.md §8): enough to recognise the call, never contents.
enum ParamsSummary {
    /// The most members that are told, so that a hostile call cannot flood the log.
    static let maximumMembers = 32

    /// Arrays as `<list len=N>`, objects as `<object keys=N>`, long texts cut, sensitive values as `***`, approval ids shortened.
    static func of(_ arguments: JSONObject) -> JSONObject {
        var summary: JSONObject = [:]
        for member in arguments.members.prefix(maximumMembers) {
            summary[shortened(member.key)] = SensitiveNames.contains(member.key) ? "***" : value(member.value)
        }
        if arguments.count > maximumMembers { summary["…"] = .string("<\(arguments.count - maximumMembers) more>") }
        return summary
    }

    private static func value(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .number(let number): number.text.utf8.count > 40 ? .string(shortened(number.text)) : value
        case .string(let text): .string(shortened(ApprovalID.masked(in: text)))
        case .array(let elements): .string("<list len=\(elements.count)>")
        case .object(let object): .string("<object keys=\(object.count)>")
        }
    }

    /// Over 80 code points: the first 60 and `…`.
    private static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let limit = scalars.index(scalars.startIndex, offsetBy: 80, limitedBy: scalars.endIndex), limit < scalars.endIndex else {
            return text
        }
        return String(scalars[..<scalars.index(scalars.startIndex, offsetBy: 60)]) + "…"
    }
}
