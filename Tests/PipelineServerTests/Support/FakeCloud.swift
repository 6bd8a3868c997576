import HuaweiCloud
import Synchronization
import Testing

/// A cloud that answers what a test says and remembers what it was asked.
final class FakeCloud: HTTPTransport {
    /// A request as it went on the wire.
    struct Sent: Sendable, Equatable, CustomStringConvertible {
        var method: String
        /// Path and query.
        var target: String
        var body: String

        init(_ method: String, _ target: String, _ body: String = "") {
            self.method = method
            self.target = target
            self.body = body
        }

        var description: String { "\(method) \(target) \(body)" }
    }

    /// What comes back.
    enum Answer: Sendable {
        case http(Int, String, headers: HeaderList = ["X-Request-Id": "req-1"])
        case failure(TransportFailure)

        /// 200 with this body.
        static func ok(_ body: String, requestID: String = "req-1") -> Answer { .http(200, body, headers: ["X-Request-Id": requestID]) }
    }

    private let state = Mutex<(answers: [Answer], sent: [SignedRequest])>(([], []))

    /// Adds answers, one for each request in turn.
    func add(_ answers: Answer...) { state.withLock { $0.answers += answers } }

    /// The requests so far.
    var sent: [Sent] {
        state.withLock { $0.sent }.map { Sent($0.method, $0.target, String(decoding: $0.body, as: UTF8.self)) }
    }

    /// The requests so far with everything that was signed.
    var signed: [SignedRequest] { state.withLock { $0.sent } }

    /// The requests that may have changed something.
    var writes: [Sent] { sent.filter { $0.method != "GET" && !$0.target.hasSuffix("/pipelines/list") } }

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
