import CloudServer
import HuaweiCloud
import JSONRPC

/// A variable of a pipeline.
struct PipelineVariable: Sendable {
    /// What stands for the value of a secret variable in results.
    static let mask = "***"

    /// All of it.
    let json: JSONObject

    init(_ json: JSONObject) { self.json = json }

    /// The name.
    var name: String? { json.lenientText("name") }

    /// Whether its value is secret.
    ///
    /// Everything but false and null counts: what cannot be understood must not be shown.
    var isSecret: Bool {
        guard let flag = json["is_secret"], !flag.isNull else { return false }
        return flag.lenientBool != false
    }

    /// Whether the API withheld the value of a secret: there is none, or only asterisks (pipeline.md §5.5).
    ///
    /// An empty text is a value.
    var isWithheld: Bool {
        guard isSecret else { return false }
        guard let value = json["value"], !value.isNull else { return true }
        guard let text = value.stringValue, !text.isEmpty else { return false }
        return text.utf8.allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// The value as results may show it.
    var shownValue: String? {
        guard isSecret else { return json.lenientText("value") }
        return json["value"].map(\.isVoid) ?? true ? nil : Self.mask
    }
}
