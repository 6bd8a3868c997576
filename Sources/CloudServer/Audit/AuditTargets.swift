import JSONRPC

/// What the arguments of a call name, for the audit of calls that no operation was prepared for.
enum AuditTargets {
    /// The most that are told.
    static let limit = 100
    /// The longest that is told whole, in bytes.
    static let longest = 128

    /// The texts of the arguments whose names end in `_id` or `_ids`; an approval is no target.
    static func of(_ arguments: JSONObject) -> [String] {
        var targets: [String] = []
        for member in arguments where isTarget(member.key) {
            switch member.value {
            case .string(let text): targets.append(text)
            case .array(let elements): targets += elements.prefix(limit).compactMap(\.stringValue)
            case .null, .bool, .number, .object: break
            }
        }
        return targets.prefix(limit).map { $0.utf8.count <= longest ? $0 : String($0.unicodeScalars.prefix(longest / 4)) + "…" }
    }

    private static func isTarget(_ name: String) -> Bool {
        (name.hasSuffix("_id") || name.hasSuffix("_ids")) && name != "approval_id"
    }
}
