/// Something that was received and is no JSON-RPC message, with the error that answers it.
public struct InvalidMessage: Error, Sendable, Hashable {
    /// What to answer: −32700 for what is no JSON, −32600 for what is no message, −32602 for a request whose `params` is no object.
    public let error: JSONRPCError

    /// The id, when it could be read.
    public let id: RequestID?

    /// A message that cannot be understood.
    public init(error: JSONRPCError, id: RequestID? = nil) {
        self.error = error
        self.id = id
    }

    /// The response that tells the sender.
    public var response: JSONRPCResponse { JSONRPCResponse(id: id, error: error) }

    /// A value that is no message.
    static func invalidRequest(_ problem: String, id: RequestID? = nil) -> InvalidMessage {
        InvalidMessage(error: JSONRPCError(code: .invalidRequest, message: "Invalid request: \(problem)"), id: id)
    }
}
