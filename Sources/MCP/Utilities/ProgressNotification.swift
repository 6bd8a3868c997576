public import JSONRPC

/// `notifications/progress`: how far a request has come.
public struct ProgressNotification: Sendable {
    /// The method's name.
    public static let method = "notifications/progress"

    /// The token that the request carried, with its JSON type.
    public var token: JSONValue
    /// How much is done; grows with every notification.
    public var progress: Double
    /// How much there is to do, if known.
    public var total: Double?
    /// What is happening (from 2025-03-26).
    public var message: String?

    /// A notification.
    public init(token: JSONValue, progress: Double, total: Double?, message: String?) {
        self.token = token
        self.progress = progress
        self.total = total
        self.message = message
    }

    /// The token of a request, from `params._meta.progressToken`: a string or an integer, nil otherwise.
    public static func token(of params: JSONObject?) -> JSONValue? {
        guard let token = params?["_meta"]?["progressToken"] else { return nil }
        return token.stringValue != nil || token.intValue != nil ? token : nil
    }

    /// The wire form.
    public func notification(_ revision: ProtocolRevision) -> JSONRPCNotification {
        var params: JSONObject = ["progressToken": token]
        params["progress"] = Self.number(progress)
        if let total { params["total"] = Self.number(total) }
        if revision >= .v2025_03_26 { params.set("message", message.map(JSONValue.string)) }
        return JSONRPCNotification(method: Self.method, params: params)
    }

    /// Whole numbers without a fraction, as the examples of the specification have them.
    private static func number(_ value: Double) -> JSONValue {
        if let whole = Int(exactly: value) { return .int(whole) }
        return JSONNumber(value).map(JSONValue.number) ?? 0
    }
}
