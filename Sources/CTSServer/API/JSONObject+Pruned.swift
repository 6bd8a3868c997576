import JSONRPC

extension JSONObject {
    /// The object without members whose value is null, `""`, `[]` or `{}`; `0` and `false` stay.
    ///
    /// Nested values are left alone (ecs.md §1).
    func pruned() -> JSONObject { JSONObject(distinct: members.filter { !$0.value.isVoid }) }
}

extension JSONValue {
    /// Whether pruning leaves a member of this value out.
    fileprivate var isVoid: Bool {
        switch self {
        case .null: true
        case .bool, .number: false
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        }
    }
}
