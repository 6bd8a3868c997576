import JSONRPC

/// Why a control request was refused, in one sentence.
struct ControlError: Error, Sendable, Hashable {
    let message: String
    let status: Int

    /// A refusal.
    init(_ message: String, status: Int = 400) {
        self.message = message
        self.status = status
    }

    /// Refuses members that do not exist, so that a misspelt one does not go unnoticed.
    static func requireKnown(_ object: JSONObject, _ known: [String], at path: String) throws(ControlError) {
        for key in object.keys where !known.contains(key) {
            throw ControlError("unknown member \(path)\(key); known are \(known.joined(separator: ", "))")
        }
    }

    /// An optional object.
    static func object(_ object: JSONObject, _ name: String) throws(ControlError) -> JSONObject? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let found = value.objectValue else { throw ControlError("\(name) must be an object") }
        return found
    }

    /// An optional text.
    static func text(_ object: JSONObject, _ name: String, at path: String) throws(ControlError) -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let found = value.stringValue else { throw ControlError("\(path)\(name) must be a string") }
        return found
    }

    /// An optional integer within bounds.
    static func integer(_ object: JSONObject, _ name: String, in range: ClosedRange<Int>) throws(ControlError) -> Int? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let found = value.intValue, range.contains(found) else {
            throw ControlError("\(name) must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return found
    }

    /// An optional boolean.
    static func flag(_ object: JSONObject, _ name: String) throws(ControlError) -> Bool {
        guard let value = object[name], !value.isNull else { return false }
        guard let found = value.boolValue else { throw ControlError("\(name) must be a boolean") }
        return found
    }
}
