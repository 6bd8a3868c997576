import JSONRPC
import MCP

/// Asks the client of a session by JSON-RPC requests on the stream of the request that is being served (2025-06-18, 2025-11-25).
struct LegacyAsker: ClientAsker {
    let session: LegacySession
    let sink: any MessageSink

    func ask(_ requests: [(key: String, request: InputRequest)], timeout: Duration) async throws -> InputAnswers {
        var answers = InputAnswers(byKey: [:], identity: nil)
        for (key, request) in requests {
            let received = try await ask(request, timeout)
            answers.byKey[key] = received.result
            answers.identity = received.identity
        }
        return answers
    }

    private func ask(_ request: InputRequest, _ timeout: Duration) async throws -> OpenQuestion.Received {
        guard sink.isOpen, let question = session.openQuestion() else { throw InputFailure.gone }
        let message = JSONRPCRequest(id: question.id, method: request.method, params: request.params)
        await sink.send(.request(message))
        let clock = Task {
            try await Task.sleep(for: timeout)
            session.answer(question.id, .failure(.timedOut))
        }
        defer { clock.cancel() }
        let answer = await withTaskCancellationHandler {
            await question.answer()
        } onCancel: {
            session.answer(question.id, .failure(.gone))
        }
        if Task.isCancelled {
            await cancel(question.id)
            throw CancellationError()
        }
        if case .failure(.timedOut) = answer { await cancel(question.id) }
        return try answer.get()
    }

    /// The client need not go on asking its user.
    private func cancel(_ id: RequestID) async {
        await sink.send(.notification(CancelledNotification.notification(for: id)))
    }
}
