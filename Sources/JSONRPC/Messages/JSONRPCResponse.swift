/// The answer to a request (JSON-RPC 2.0 §5).
public struct JSONRPCResponse: Sendable, Hashable {
    /// What became of the request.
    public enum Outcome: Sendable, Hashable {
        case result(JSONValue)
        case error(JSONRPCError)
    }

    /// The id of the request; nil in an error about a message whose id could not be read.
    ///
    /// It is then left out, never null (mcp.md §1.3).
    public var id: RequestID?

    /// What became of the request.
    public var outcome: Outcome

    /// A response.
    public init(id: RequestID?, outcome: Outcome) {
        self.id = id
        self.outcome = outcome
    }

    /// A response with a result.
    public init(id: RequestID, result: JSONValue) { self.init(id: id, outcome: .result(result)) }

    /// A response with an error.
    public init(id: RequestID?, error: JSONRPCError) { self.init(id: id, outcome: .error(error)) }

    /// The message.
    public var json: JSONValue {
        var members = [JSONRPCMessage.version]
        if let id { members.append(JSONObject.Member(key: "id", value: id.json)) }
        switch outcome {
        case .result(let result): members.append(JSONObject.Member(key: "result", value: result))
        case .error(let error): members.append(JSONObject.Member(key: "error", value: error.json))
        }
        return .object(JSONObject(distinct: members))
    }

    /// The message in UTF-8, without a line feed.
    public func bytes() -> [UInt8] { json.bytes() }
}
