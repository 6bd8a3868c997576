import JSONRPC
import MCP
import MCPServer

extension RequestContext {
    /// The answer to a question that needs no state.
    ///
    /// - Throws: `InputRequired` until it is there, ``InputFailure`` where the client cannot be asked.
    func demand(_ question: Question) throws -> JSONValue {
        guard let answer = question.answer(in: inputResponses) else { throw try demanding([question]) }
        return answer
    }

    /// What to throw in order to ask.
    ///
    /// - Throws: ``InputFailure`` where the client cannot be asked.
    func demanding(_ questions: [Question], state: String? = nil) throws -> InputRequired {
        for question in questions where !question.request.isSupported(by: clientCapabilities) {
            throw InputFailure.unsupported(question.request.requiredCapability)
        }
        return InputRequired(questions.map { ($0.key, $0.request) }, requestState: state)
    }
}
