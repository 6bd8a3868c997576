public import JSONRPC

/// `notifications/cancelled`: the sender no longer wants the answer to one of its requests.
public struct CancelledNotification: Sendable {
    /// The method's name.
    public static let method = "notifications/cancelled"

    /// The request.
    public var requestID: RequestID
    /// Why, for people.
    public var reason: String?

    /// The wire form of a server's notification about a request of its own, or about a subscription that it ends.
    public static func notification(for id: RequestID) -> JSONRPCNotification {
        JSONRPCNotification(method: method, params: ["requestId": id.json])
    }

    /// Reads the parameters; nil when they name no request.
    ///
    /// A malformed notification is ignored.
    public init?(params: JSONObject?) {
        guard let id = params?["requestId"].flatMap(RequestID.init) else { return nil }
        requestID = id
        reason = params?["reason"]?.stringValue
    }
}
