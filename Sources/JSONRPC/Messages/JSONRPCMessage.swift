/// One JSON-RPC 2.0 message.
public enum JSONRPCMessage: Sendable, Hashable {
    case request(JSONRPCRequest)
    case notification(JSONRPCNotification)
    case response(JSONRPCResponse)

    /// The member that every message begins with.
    static let version = JSONObject.Member(key: "jsonrpc", value: "2.0")

    /// The message.
    public var json: JSONValue {
        switch self {
        case .request(let request): request.json
        case .notification(let notification): notification.json
        case .response(let response): response.json
        }
    }

    /// The message in UTF-8, without a line feed.
    public func bytes() -> [UInt8] { json.bytes() }
}
