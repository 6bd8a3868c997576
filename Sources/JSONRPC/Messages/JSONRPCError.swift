/// The error object of JSON-RPC 2.0 §5.1.
public struct JSONRPCError: Error, Sendable, Hashable {
    /// What went wrong, as a number.
    ///
    /// The set is open.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The number on the wire.
        public let rawValue: Int

        /// A code.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// A code.
        public init(_ rawValue: Int) { self.rawValue = rawValue }

        /// The text is no JSON.
        public static let parseError = Code(-32700)
        /// The JSON is no JSON-RPC message.
        public static let invalidRequest = Code(-32600)
        /// There is no such method.
        public static let methodNotFound = Code(-32601)
        /// The parameters do not fit the method.
        public static let invalidParams = Code(-32602)
        /// The receiver failed.
        public static let internalError = Code(-32603)
    }

    /// What went wrong.
    public var code: Code

    /// A sentence for people.
    public var message: String

    /// More about it, as the method defines it.
    public var data: JSONValue?

    /// An error.
    public init(code: Code, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The error object.
    public var json: JSONValue {
        var members = [
            JSONObject.Member(key: "code", value: .int(code.rawValue)), JSONObject.Member(key: "message", value: .string(message)),
        ]
        if let data { members.append(JSONObject.Member(key: "data", value: data)) }
        return .object(JSONObject(distinct: members))
    }

    /// Reads an error object; nil unless the code is an integer and the message a string.
    public init?(_ json: JSONValue) {
        guard case .object(let object) = json, let code = object["code"]?.intValue, let message = object["message"]?.stringValue else {
            return nil
        }
        self.init(code: Code(code), message: message, data: object["data"])
    }
}
