import JSONRPC
import MCPServer

/// By which it is seen whether what was previewed is still so: everything that the user was shown and everything that will be sent.
///
/// The order of members does not count: it may follow that of the arguments.
struct PreviewDigest: Sendable, Hashable {
    /// The SHA-256, in hexadecimal digits.
    let text: String

    /// The digest of a preview.
    init(_ operation: PreparedOperation) {
        let targets = operation.targets.map { target -> JSONValue in
            [
                "id": .string(target.id), "name": .optional(target.name), "facts": Self.json(target.facts),
                "losses": .array(target.losses.map(JSONValue.string)),
            ]
        }
        let shown: JSONObject = [
            "action": .string(operation.action), "members": .object(operation.members),
            "warnings": .array(operation.warnings.map(JSONValue.string)), "targets": .array(targets),
            "details": operation.details.map(Self.json) ?? .null, "content": .object(operation.content),
        ]
        text = SHA256Text.whole(CanonicalJSON.bytes(.object(shown)))
    }

    /// A digest that was taken before.
    init(text: String) { self.text = text }

    private static func json(_ facts: [ConsentFact]) -> JSONValue {
        .array(facts.map { [.string($0.label), .string($0.text)] })
    }
}
