import HuaweiCloud
import ProcessSupport
import Synchronization

/// A transport whose answers wait until the gate is opened.
final class GatedTransport: HTTPTransport {
    private let response: TransportResponse
    private let state = Mutex((count: 0, isOpen: false))

    init(_ response: TransportResponse) { self.response = response }

    /// How many requests there were.
    var count: Int { state.withLock { $0.count } }

    /// Lets all answers through.
    func open() { state.withLock { $0.isOpen = true } }

    /// Returns when there has been a request.
    func waitForRequest() async { while count == 0 { await Task.yield() } }

    /// A client over this transport.
    func client() -> CloudClient {
        CloudClient(
            transport: self,
            credentials: StaticCredentials(Credentials(accessKeyID: Secret("AK"), secretAccessKey: Secret("SK"))),
            endpoints: Endpoints(),
            region: "af-south-1",
            userAgent: "test/1",
            log: .disabled
        )
    }

    func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
        state.withLock { $0.count += 1 }
        while !state.withLock({ $0.isOpen }) {
            if Task.isCancelled { throw TransportFailure(.cancelled, sent: true) }
            await Task.yield()
        }
        return response
    }
}
