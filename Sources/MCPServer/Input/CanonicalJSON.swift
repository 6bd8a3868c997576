package import JSONRPC

/// A form of a JSON value in which equal values have equal bytes: members sorted by the bytes of their names, no white space.
///
/// Whole numbers that fit in 64 bits are written as such; every other number keeps its text, so that at worst equal ones differ.
package enum CanonicalJSON {
    /// The bytes of the value in that form.
    package static func bytes(_ value: JSONValue) -> [UInt8] { sorted(value).bytes(.compact) }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .string: value
        case .number(let number): number.int.map(JSONValue.int) ?? value
        case .array(let elements): .array(elements.map(sorted))
        case .object(let object):
            .object(
                JSONObject(
                    members: object.members
                        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                        .map { JSONObject.Member(key: $0.key, value: sorted($0.value)) }
                )
            )
        }
    }
}
