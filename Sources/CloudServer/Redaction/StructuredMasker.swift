import JSONRPC

/// The structured pass (cts.md §6.3).
enum StructuredMasker {
    static func mask(_ value: JSONValue, at depth: MaskingDepth) -> JSONValue {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(Masking.mask(text, at: depth))
        case .array(let elements): .array(elements.map { mask($0, at: depth.nested) })
        case .object(let object): .object(mask(object, at: depth))
        }
    }

    static func mask(_ object: JSONObject, at depth: MaskingDepth) -> JSONObject {
        let hidesValues = object.members.contains(where: namesCredential)
        return JSONObject(
            distinct: object.members.map { member in
                let isHidden = SensitiveNames.contains(member.key) || hidesValues && isOne(member.key, of: valueNames)
                let value = isHidden ? .string(Masking.placeholder) : mask(member.value, at: depth.nested)
                return JSONObject.Member(key: member.key, value: value)
            }
        )
    }

    /// Whether the member says that the value beside it is a credential, as in `{"key":"X-Auth-Token","value":…}`.
    private static func namesCredential(_ member: JSONObject.Member) -> Bool {
        guard case .string(let name) = member.value, isOne(member.key, of: pairNames) else { return false }
        return SensitiveNames.contains(name)
    }

    private static func isOne(_ key: String, of names: [String]) -> Bool {
        key.utf8.count <= 6 && names.contains { ExactString.same($0, key.lowercased()) }
    }

    /// The members that name what stands beside them, in lower case.
    private static let pairNames = ["key", "name", "header", "field"]

    /// The members that hold what is named so, in lower case.
    private static let valueNames = ["value", "values", "val"]
}
