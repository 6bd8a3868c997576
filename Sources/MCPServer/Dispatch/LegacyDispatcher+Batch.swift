import JSONRPC
import MCP

/// Batches exist in 2025-03-26 only; its receivers must take them, without `initialize` inside.
extension LegacyDispatcher {
    /// Takes a batch.
    ///
    /// The answers stand in the order of the requests; there is none when it held notifications only.
    func receive(
        batch: [Result<JSONRPCMessage, InvalidMessage>],
        in session: LegacySession,
        from origin: MessageOrigin,
        sink: any MessageSink
    ) -> Reply {
        guard session.handshake?.revision == .v2025_03_26 else {
            return .refusal(.invalidRequest("Batches exist in revision 2025-03-26 only"))
        }
        let replies = batch.map { element -> Reply in
            switch element {
            case .success(.request(let request)) where request.method == InitializeRequest.method:
                .refusal(.invalidRequest("initialize must not be part of a batch"), id: request.id)
            case .success(let message): receive(.single(message), in: session, from: origin, sink: sink)
            case .failure(let invalid): .refusal(invalid.error, id: invalid.id)
            }
        }
        let answers = replies.filter { if case .nothing = $0 { false } else { true } }
        if answers.isEmpty { return .nothing }
        return .pending {
            var values: [JSONValue] = []
            for reply in answers {
                if let value = await reply.value() { values.append(value) }
            }
            return values.isEmpty ? nil : .array(values)
        }
    }
}
