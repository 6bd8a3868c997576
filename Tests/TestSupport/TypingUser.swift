package import AuthCommon
import JSONRPC
package import MCP
package import MCPServer
import Synchronization

/// The user of a client with forms: types these texts, one for each question in turn, and keeps the questions.
package final class TypingUser: ClientAsker {
    private let state: Mutex<(texts: [String], questions: [String])>
    private let identity: Identity

    /// A user who types these texts.
    package init(_ texts: String..., as identity: Identity = Identity(subject: "ada", roles: ["admin"], tenant: "acme")) {
        state = Mutex((texts, []))
        self.identity = identity
    }

    /// The texts of the questions so far.
    package var questions: [String] { state.withLock { $0.questions } }

    package func ask(_ requests: [(key: String, request: InputRequest)], timeout: Duration) async throws -> InputAnswers {
        var answers = InputAnswers(byKey: [:], identity: identity)
        for (key, request) in requests {
            let text = state.withLock { state -> String? in
                state.questions.append(request.params["message"]?.stringValue ?? "")
                return state.texts.isEmpty ? nil : state.texts.removeFirst()
            }
            guard let text else { throw InputFailure.timedOut }
            answers.byKey[key] = ["action": "accept", "content": ["confirm": .string(text)]]
        }
        return answers
    }
}
