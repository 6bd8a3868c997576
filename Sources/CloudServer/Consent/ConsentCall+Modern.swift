import AuthCommon
import JSONRPC
import MCP
import MCPServer

extension ConsentCall {
    /// Answers with the question and a sealed state, or goes on from one that came back (2026-07-28).
    func runModern() async throws -> JSONObject {
        guard let text = context.request.requestState else {
            // An answer to a question that nobody asked.
            guard !context.request.inputResponses.contains(ConsentQuestion.key) else { throw worthless("no-state", Self.missingState) }
            return try await ask(attempt: 1)
        }
        let state = try open(text)
        guard let answer = try answer() else {
            _ = try use(state)
            return try await ask(attempt: state.consent.attempt)
        }
        return try await goOn(from: try use(state), answer)
    }

    /// A state that came back, and what was in it.
    private struct Opened {
        let sealed: RequestState
        let consent: ConsentState
    }

    private func goOn(from state: ConsentState, _ answer: ElicitResult) async throws -> JSONObject {
        var dialogue = ConsentDialogue(phrase: state.phrase, attempt: state.attempt)
        switch dialogue.receive(.form(answer)) {
        case .askAgain: return try await ask(attempt: dialogue.attempt)
        case .end(let refusal): throw refuse(refusal, state.asked)
        case .execute: return try await execute(state.preview, asked: state.asked, by: context.identity)
        }
    }

    /// Reads the targets and leaves the handler with the question.
    ///
    /// Asked again, the user is shown how things are then, and that is what the answer is held against.
    private func ask(attempt: Int) async throws -> JSONObject {
        switch try await prepare(arguments, context) {
        case .done(let data): return data
        case .needsConsent(let operation):
            let asked = call.with(operation)
            let dialogue = ConsentDialogue(phrase: ConsentPhrase(operation), attempt: attempt)
            let state = ConsentState(preview: PreviewDigest(operation), phrase: dialogue.phrase, attempt: attempt, asked: asked)
            let sealed = try environment.consent.sealer.seal(state.content, for: binding)
            environment.approvals.audit.asked(asked)
            throw InputRequired([(ConsentQuestion.key, question(operation, dialogue).request)], requestState: sealed)
        }
    }

    /// The call that a state belongs to.
    private var binding: RequestStateBinding { .call(tool.name, arguments.raw, by: context.identity) }

    /// - Throws: `-32602` for a state that was not issued for this call of this caller, or has expired.
    private func open(_ text: String) throws(JSONRPCError) -> Opened {
        let sealed: RequestState
        do throws(RequestStateError) { sealed = try environment.consent.sealer.open(text, for: binding) } catch {
            throw worthless(error == .expired ? "state-expired" : "state-invalid", error.jsonRPC)
        }
        guard let consent = ConsentState(sealed.content, of: call) else {
            throw worthless("state-invalid", RequestStateError.invalid.jsonRPC)
        }
        return Opened(sealed: sealed, consent: consent)
    }

    /// Uses the state up.
    ///
    /// - Throws: `-32602` for one that was used; `APPROVAL_LIMIT_REACHED`.
    private func use(_ state: Opened) throws -> ConsentState {
        switch environment.consent.use(state.sealed, by: ApprovalOwner(context.identity)) {
        case .first: return state.consent
        case .again: throw worthless("state-used", Self.usedState)
        case .expired: throw worthless("state-expired", RequestStateError.expired.jsonRPC)
        case .full: throw refuse(.failed(ApprovalError.limitReached(lifetimeSeconds: Consent.seconds)), state.consent.asked)
        }
    }

    /// The answer that came along; nil when there is none.
    ///
    /// - Throws: `-32602` for one that makes no sense; the state is not used up by it.
    private func answer() throws(JSONRPCError) -> ElicitResult? {
        guard let response = context.request.inputResponses[ConsentQuestion.key] else { return nil }
        guard let result = ElicitResult(response) else { throw worthless("answer-malformed", Self.malformedAnswer) }
        return result
    }

    /// Records a retry that is worth nothing and returns its error.
    private func worthless(_ reason: String, _ error: JSONRPCError) -> JSONRPCError {
        environment.approvals.audit.worthless(call, reason, callID: context.callID)
        return error
    }

    private static let missingState = JSONRPCError.invalidParams(
        "params.requestState is missing: send it back unchanged together with params.inputResponses, or send the request without both"
    )
    private static let usedState = JSONRPCError.invalidParams(
        "params.requestState was used already: send the request again without it"
    )
    private static let malformedAnswer = JSONRPCError.invalidParams(
        "params.inputResponses.confirm must have the action accept, decline or cancel"
    )
}
