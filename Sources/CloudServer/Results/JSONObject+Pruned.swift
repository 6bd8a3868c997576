package import JSONRPC

extension JSONObject {
    /// The object without members whose value is null, `""`, `[]` or `{}`; `0` and `false` stay (ecs.md §1).
    ///
    /// Nested values are left alone: where a result is pruned at every level, it is pruned object by object, from the inside out.
    package func pruned() -> JSONObject { JSONObject(distinct: members.filter { !$0.value.isVoid }) }

    /// The object without members whose value is null.
    package func withoutNulls() -> JSONObject { JSONObject(distinct: members.filter { !$0.value.isNull }) }
}

extension JSONValue {
    /// Whether pruning leaves a member of this value out.
    package var isVoid: Bool {
        switch self {
        case .null: true
        case .bool, .number: false
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        }
    }
}
