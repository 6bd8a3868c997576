/// What was received in one piece: a line, a request body or an event.
public enum JSONRPCPayload: Sendable, Hashable {
    /// One message.
    case single(JSONRPCMessage)

    /// The elements of an array, which is never empty. Only revision 2025-03-26 has batches; the session decides.
    case batch([Result<JSONRPCMessage, InvalidMessage>])
}
