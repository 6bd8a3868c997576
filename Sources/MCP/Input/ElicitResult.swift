public import JSONRPC

/// What the user did with a form.
public enum ElicitResult: Sendable, Hashable {
    /// Filled it in.
    case accept(JSONObject)
    /// Said no.
    case decline
    /// Went away from it.
    case cancel

    /// Reads an answer; nil when it is malformed.
    public init?(_ json: JSONValue) {
        switch json["action"]?.stringValue {
        case "accept": self = .accept(json["content"]?.objectValue ?? [:])
        case "decline": self = .decline
        case "cancel": self = .cancel
        default: return nil
        }
    }
}
