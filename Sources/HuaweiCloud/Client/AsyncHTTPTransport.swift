import AsyncHTTPClient
package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The transport of the executables: AsyncHTTPClient over HTTP/1.1, set up so that nothing that was signed changes on the way.
///
/// No redirects, no decompression, no retries of its own, no HTTP/2 (which would lower-case names and drop `Host`). It must be shut down
/// with ``shutdown()`` before it is released.
package struct AsyncHTTPTransport: HTTPTransport {
    private let client: HTTPClient

    /// A transport with a connection pool of its own.
    ///
    /// - Parameters:
    ///   - connectTimeout: The limit for a single connection; an attempt that gives up earlier leaves no connection behind for longer.
    ///   - connectionsPerHost: How many connections to one host there may be at a time.
    ///   - eventLoopGroup: What does the input and output; by default the one of the process.
    package init(
        connectTimeout: Duration = .seconds(30),
        connectionsPerHost: Int = 64,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = TimeAmount(connectTimeout)
        // Shorter than any gateway keeps idle connections: a write on one that is just being closed has an unknown outcome.
        configuration.connectionPool.idleTimeout = .seconds(20)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        // Retries are ours: they are logged, counted and signed anew.
        configuration.connectionPool.retryConnectionEstablishment = false
        // The library's own minimum is TLS 1.0.
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        configuration.tlsConfiguration = tls
        client = HTTPClient(eventLoopGroup: eventLoopGroup, configuration: configuration)
    }

    package func execute(_ request: SignedRequest, timeout: Duration) async throws(TransportFailure) -> TransportResponse {
        guard Self.isWellFormed(request.target) else { throw TransportFailure(.unsendable, sent: false) }
        var headers = HTTPHeaders()
        headers.reserveCapacity(request.headers.fields.count)
        for field in request.headers { headers.add(name: field.name, value: field.value) }
        let collector = ResponseCollector(limit: CloudResponse.maximumBytes)
        do {
            let prepared = try HTTPClient.Request(
                url: "\(request.endpoint)\(request.target)",
                method: HTTPMethod(rawValue: request.method),
                headers: headers,
                body: request.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: request.body))
            )
            // Unlike the `async` methods of the client, a task with a delegate is bound by the deadline to its last byte.
            let deadline = NIODeadline.now() + TimeAmount(timeout)
            let task = client.execute(request: prepared, delegate: collector, deadline: deadline)
            return try await withTaskCancellationHandler {
                try await task.futureResult.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            var failure = TransportFailure(error, sent: collector.hasSentHead, partial: collector.partial)
            // The client also cancels what is running when it is shut down.
            if failure.kind == .cancelled, !Task.isCancelled { failure.kind = .shutDown }
            throw failure
        }
    }

    /// Closes all connections and ends; running attempts fail.
    ///
    /// A connection that is just being made holds the client until it stands or gives up. Nobody waits for that longer than the limit;
    /// the rest happens afterwards by itself.
    package func shutdown(within limit: Duration = .seconds(1)) async {
        let client = client
        let (ended, continuation) = AsyncStream.makeStream(of: Never.self)
        Task {
            // It can only fail when it has been called before.
            try? await client.shutdown()
            continuation.finish()
        }
        let timer = client.eventLoopGroup.any().scheduleTask(in: TimeAmount(limit)) { continuation.finish() }
        for await _ in ended {}
        timer.cancel()
    }

    /// Whether the client's URL leaves path and query as they are: an absolute path, only characters of RFC 3986 §3.3 and §3.4, every
    /// `%` with two digits.
    ///
    /// It would encode anything else anew, and the signature would be that of another request.
    private static func isWellFormed(_ target: String) -> Bool {
        guard target.utf8.first == UInt8(ascii: "/") else { return false }
        var digitsDue = 0
        for byte in target.utf8 {
            if digitsDue > 0 {
                guard ASCII.hexValue(byte) != nil else { return false }
                digitsDue -= 1
            } else if byte == UInt8(ascii: "%") {
                digitsDue = 2
            } else {
                guard PercentEncoding.isUnreserved(byte) || "!$&'()*+,;=:@/?".utf8.contains(byte) else { return false }
            }
        }
        return digitsDue == 0
    }
}
