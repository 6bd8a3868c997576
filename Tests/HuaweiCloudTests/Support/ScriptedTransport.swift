import HuaweiCloud
import Synchronization

/// A transport that answers from a script and remembers what it was asked.
///
/// The last step repeats.
final class ScriptedTransport: HTTPTransport {
    /// What happens to one attempt.
    enum Step: Sendable {
        case answer(Int, String = "{}", HeaderList = [:])
        case failure(TransportFailure)
        /// Never ends, except by cancellation.
        case hang

        static func failure(_ kind: TransportFailure.Kind, sent: Bool = false) -> Step { .failure(TransportFailure(kind, sent: sent)) }
    }

    private struct State {
        var requests: [SignedRequest] = []
        var timeouts: [Duration] = []
        var steps: [Step]
    }

    private let state: Mutex<State>

    init(_ steps: [Step]) { state = Mutex(State(steps: steps)) }

    /// All requests so far.
    var requests: [SignedRequest] { state.withLock { $0.requests } }

    /// How long each of them was given.
    var timeouts: [Duration] { state.withLock { $0.timeouts } }

    func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
        let step = state.withLock { state in
            state.requests.append(request)
            state.timeouts.append(timeout)
            return state.steps.count > 1 ? state.steps.removeFirst() : state.steps.first ?? .hang
        }
        switch step {
        case .answer(let status, let body, let headers): return TransportResponse(status: status, headers: headers, body: Array(body.utf8))
        case .failure(let failure): throw failure
        case .hang:
            do { try await Task.sleep(for: .seconds(3600)) } catch {}
            throw TransportFailure(.cancelled, sent: true)
        }
    }
}
