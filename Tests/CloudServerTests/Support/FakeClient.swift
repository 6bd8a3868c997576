import AuthCommon
import JSONRPC
import MCP
import MCPServer
import Synchronization

/// The client of a session that answers as it was told to, and keeps what it was asked.
final class FakeClient: ClientAsker {
    /// What the client does with a question.
    enum Reaction: Sendable {
        /// Sends this result.
        case answers(JSONValue, as: Identity? = .admin)
        /// Gives no answer.
        case fails(InputFailure)
        /// Goes away: the call's task is cancelled while it waits.
        case disappears
        /// Does something before it answers with the typed text.
        case acts(@Sendable () -> Void, types: String)

        static func types(_ text: String, as identity: Identity? = .admin) -> Reaction {
            .answers(["action": "accept", "content": ["confirm": .string(text)]], as: identity)
        }
        static let declines = Reaction.answers(["action": "decline"])
        static let cancels = Reaction.answers(["action": "cancel"])
    }

    private struct State {
        var reactions: [Reaction]
        var questions: [InputRequest] = []
        var timeouts: [Duration] = []
    }

    private let state: Mutex<State>

    init(_ reactions: [Reaction]) { state = Mutex(State(reactions: reactions)) }

    /// What was asked, in order.
    var questions: [InputRequest] { state.withLock { $0.questions } }

    /// How long the client might have taken each time.
    var timeouts: [Duration] { state.withLock { $0.timeouts } }

    func ask(_ requests: [(key: String, request: InputRequest)], timeout: Duration) async throws -> InputAnswers {
        let reaction = state.withLock { state -> Reaction in
            state.questions += requests.map(\.request)
            state.timeouts.append(timeout)
            return state.reactions.isEmpty ? .fails(.gone) : state.reactions.removeFirst()
        }
        let key = requests.first?.key ?? ""
        var byKey: JSONObject = [:]
        switch reaction {
        case .answers(let result, let identity):
            byKey[key] = result
            return InputAnswers(byKey: byKey, identity: identity)
        case .fails(let failure): throw failure
        case .disappears:
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            throw CancellationError()
        case .acts(let act, let text):
            act()
            byKey[key] = ["action": "accept", "content": ["confirm": .string(text)]]
            return InputAnswers(byKey: byKey, identity: .admin)
        }
    }
}
