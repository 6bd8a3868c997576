/// The limits of gateway.md §11.
///
/// Nil means no limit.
struct Limits: Sendable, Hashable {
    /// Bytes of a request body.
    var bodyBytes: Int? = 4_194_304
    /// Bytes of a request head.
    var headerBytes: Int? = 32_768
    /// Requests per second of one (subject, tenant).
    var requestsPerSecond: Int?
    /// Size of the token bucket.
    var burst: Int?
    /// Requests per second of one client address, counted before authentication.
    var requestsPerSecondPerAddress: Int?
    /// Size of that bucket.
    var burstPerAddress: Int?
    /// Failed authentications per minute of one client address.
    var failedAuthPerMinute: Int?
    /// Concurrent event streams of one (subject, tenant).
    var streamsPerSubject: Int?
    /// Client connections.
    var connections: Int? = 20_000
    /// Seconds to connect to an upstream.
    var connectTimeout: Int? = 5
    /// Seconds until the head of an upstream's response.
    var responseTimeout: Int? = 60
    /// Seconds without a byte of a response's body, unless it is an event stream.
    var idleTimeout: Int? = 60
    /// Seconds for a whole request with its response, unless that is an event stream.
    var totalTimeout: Int?
    /// Seconds for a complete request head.
    var headerTimeout: Int? = 10
    /// Seconds without a byte of a request body.
    var bodyTimeout: Int? = 30
    /// Seconds for running requests at shutdown.
    var drainTimeout: Int? = 4
    /// What each service's server is spared, unless the service says otherwise.
    var upstream = UpstreamLimits()

    /// The longest request target, in bytes.
    static let targetBytes = 8_192

    /// The size of the token bucket, 2 × rate where nothing else is said.
    var effectiveBurst: Int? { burst ?? requestsPerSecond.map(Self.doubled) }

    /// The same for addresses.
    var effectiveBurstPerAddress: Int? { burstPerAddress ?? requestsPerSecondPerAddress.map(Self.doubled) }

    private static func doubled(_ rate: Int) -> Int { rate.multipliedReportingOverflow(by: 2).overflow ? .max : rate * 2 }
}
