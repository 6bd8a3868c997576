package import HuaweiCloud
import Synchronization
import Testing

/// A cloud that answers what a test says and remembers what it was asked.
package final class FakeCloud: HTTPTransport {
    /// A request as it went on the wire.
    package struct Sent: Sendable, Equatable, CustomStringConvertible {
        /// The method.
        package var method: String
        /// Path and query.
        package var target: String
        /// The body as text.
        package var body: String

        /// A request.
        package init(_ method: String, _ target: String, _ body: String = "") {
            self.method = method
            self.target = target
            self.body = body
        }

        package var description: String { body.isEmpty ? "\(method) \(target)" : "\(method) \(target) \(body)" }
    }

    /// What comes back.
    package enum Answer: Sendable {
        /// A status, a body and headers.
        case http(Int, String, headers: HeaderList = ["X-Request-Id": "req-1"])
        /// No answer.
        case failure(TransportFailure)

        /// 200 with this body.
        package static func ok(_ body: String, requestID: String = "req-1") -> Answer {
            .http(200, body, headers: ["X-Request-Id": requestID])
        }
    }

    private let state: Mutex<(answers: [Answer], sent: [SignedRequest])>

    /// A cloud that gives these answers, one for each request in turn.
    package init(_ answers: [Answer] = []) { state = Mutex((answers, [])) }

    /// Adds answers.
    package func add(_ answers: Answer...) { state.withLock { $0.answers += answers } }

    /// The requests so far.
    package var sent: [Sent] { signed.map { Sent($0.method, $0.target, String(decoding: $0.body, as: UTF8.self)) } }

    /// The requests so far with everything that was signed.
    package var signed: [SignedRequest] { state.withLock { $0.sent } }

    package func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
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
