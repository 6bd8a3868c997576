import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Collects an answer up to a limit, and remembers how far the request got: what a failure means depends on it.
final class ResponseCollector: HTTPClientResponseDelegate {
    typealias Response = TransportResponse

    /// The answer is longer than the limit.
    struct TooLarge: Error {}

    private struct State {
        var hasSentHead = false
        var response: TransportResponse?
    }

    private let limit: Int
    private let state = Mutex(State())

    /// A collector of answers of at most so many bytes.
    init(limit: Int) { self.limit = limit }

    /// Whether the request's head has been written.
    ///
    /// Before that no receiver can act on it.
    var hasSentHead: Bool { state.withLock { $0.hasSentHead } }

    /// What has arrived from the head on; nil before the head.
    var partial: TransportResponse? { state.withLock { $0.response } }

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) { state.withLock { $0.hasSentHead = true } }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let fields = head.headers.map { HeaderField(name: $0.name, value: $0.value) }
        state.withLock { $0.response = TransportResponse(status: Int(head.status.code), headers: HeaderList(fields)) }
        if let announced = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), announced > limit {
            return task.eventLoop.makeFailedFuture(TooLarge())
        }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = state.withLock { state in
            guard (state.response?.body.count ?? 0) + buffer.readableBytes <= limit else { return false }
            state.response?.body.append(contentsOf: buffer.readableBytesView)
            return true
        }
        return fits ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(TooLarge())
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> TransportResponse {
        guard let response = partial else { throw HTTPClientError.remoteConnectionClosed }
        return response
    }
}
