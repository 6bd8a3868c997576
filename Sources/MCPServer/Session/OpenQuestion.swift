import AuthCommon
import JSONRPC

/// A question to the client that has no answer yet.
struct OpenQuestion: Sendable {
    /// What the answer is awaited as.
    typealias Answer = Result<Received, InputFailure>

    /// A result that came, and who sent it.
    struct Received: Sendable {
        var result: JSONValue
        var identity: Identity?
    }

    /// The request's id.
    let id: RequestID
    private let stream: AsyncStream<Answer>

    init(id: RequestID, stream: AsyncStream<Answer>) {
        self.id = id
        self.stream = stream
    }

    /// Waits for the answer.
    func answer() async -> Answer {
        for await answer in stream { return answer }
        return .failure(.gone)
    }
}
