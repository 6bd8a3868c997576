import HuaweiCloud
import Synchronization
import Testing

/// A cloud that answers what a test says and remembers what it was asked.
final class FakeCloud: HTTPTransport {
    /// What comes back.
    enum Answer: Sendable {
        case http(Int, String, headers: HeaderList = ["X-Request-Id": "req-1"])
        case failure(TransportFailure)

        /// 200 with this body.
        static func ok(_ body: String) -> Answer { .http(200, body) }
    }

    private let state: Mutex<(answers: [Answer], sent: [SignedRequest])>

    /// A cloud that gives these answers, one for each request in turn.
    init(_ answers: Answer...) { state = Mutex((answers, [])) }

    /// Adds answers.
    func add(_ answers: Answer...) { state.withLock { $0.answers += answers } }

    /// The methods, paths and queries so far.
    var sent: [String] { signed.map { "\($0.method) \($0.target)" } }

    /// The requests so far with everything that was signed.
    var signed: [SignedRequest] { state.withLock { $0.sent } }

    func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
        let answer = state.withLock { state -> Answer? in
            state.sent.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        switch answer {
        case .http(let status, let body, let headers): return TransportResponse(status: status, headers: headers, body: Array(body.utf8))
        case .failure(let failure): throw failure
        case nil:
            Issue.record("a request too many: \(request.method) \(request.target)")
            return TransportResponse(status: 500)
        }
    }
}
