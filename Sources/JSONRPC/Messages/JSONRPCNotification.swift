/// A call that is never answered (JSON-RPC 2.0 §4.1).
public struct JSONRPCNotification: Sendable, Hashable {
    /// The method.
    public var method: String

    /// The parameters by name; nil when there are none.
    public var params: JSONObject?

    /// A notification.
    public init(method: String, params: JSONObject? = nil) {
        self.method = method
        self.params = params
    }

    /// The message.
    public var json: JSONValue {
        var members = [JSONRPCMessage.version, JSONObject.Member(key: "method", value: .string(method))]
        if let params { members.append(JSONObject.Member(key: "params", value: .object(params))) }
        return .object(JSONObject(distinct: members))
    }

    /// The message in UTF-8, without a line feed.
    public func bytes() -> [UInt8] { json.bytes() }
}
