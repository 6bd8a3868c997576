package import FoundationEssentials
package import JSONRPC

/// An audit record before it has a place in the chain.
package struct AuditEntry: Sendable {
    /// When it happened.
    package let date: Date
    /// What happened: `request`, `tool-call`, `cloud-write`.
    package let event: String
    /// What is known of it, in order; a member whose value is null is left out.
    package let fields: JSONObject

    /// An entry.
    package init(date: Date, event: String, fields: JSONObject) {
        self.date = date
        self.event = event
        self.fields = fields
    }

    /// The members of the record: the moment, the event, those that all records of the process have, and its own, without secrets.
    func members(common: JSONObject, redactor: Redactor) -> JSONObject {
        var members: JSONObject = ["ts": .string(LogTimestamp.utc.text(date)), "event": .string(event)]
        for member in common { members[member.key] = member.value }
        for member in fields where !member.value.isNull { members[member.key] = Self.redacted(member.value, named: member.key, redactor) }
        return members
    }

    private static func redacted(_ value: JSONValue, named name: String, _ redactor: Redactor) -> JSONValue {
        switch value {
        case .null, .bool, .number: return value
        case .string(let text): return .string(redactor.redact(text, named: name))
        case .array(let elements): return .array(elements.map { redacted($0, named: name, redactor) })
        case .object(let object):
            var result: JSONObject = [:]
            for member in object { result[redactor.redact(member.key)] = redacted(member.value, named: member.key, redactor) }
            return .object(result)
        }
    }
}
