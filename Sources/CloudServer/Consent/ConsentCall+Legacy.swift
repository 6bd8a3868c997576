import AuthCommon
import JSONRPC
import MCP
import MCPServer

extension ConsentCall {
    /// Asks by a request on the stream of the call and waits (2025-06-18, 2025-11-25).
    func runLegacy() async throws -> JSONObject {
        switch try await prepare(arguments, context) {
        case .done(let data): return data
        case .needsConsent(let operation):
            let asked = call.with(operation)
            var dialogue = ConsentDialogue(phrase: ConsentPhrase(operation))
            while true {
                let (answer, caller) = try await ask(question(operation, dialogue), asked)
                switch dialogue.receive(answer) {
                case .askAgain: continue
                case .end(let refusal): throw refuse(refusal, asked)
                case .execute: return try await execute(PreviewDigest(operation), asked: asked, by: caller)
                }
            }
        }
    }

    /// The answer, and who sent it.
    ///
    /// - Throws: `CancellationError` when the client is gone.
    private func ask(
        _ question: ConsentQuestion,
        _ asked: AuditedOperation
    ) async throws -> (answer: ConsentDialogue.Answer, caller: Identity?) {
        let time = environment.consent.answerTime(tokenExpiry: context.identity.tokenExpiry)
        guard time > .zero else { return (.none, nil) }
        do {
            let answers = try await context.request.answers(to: [(ConsentQuestion.key, question.request)], timeout: time)
            guard let result = answers.byKey[ConsentQuestion.key].flatMap({ ElicitResult($0) }) else { return (.refused, nil) }
            return (.form(result), answers.identity)
        } catch InputFailure.timedOut {
            return (.none, nil)
        } catch is InputFailure where !Task.isCancelled {
            return (.refused, nil)
        } catch {
            throw gone(asked)
        }
    }
}
