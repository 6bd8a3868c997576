/// How an HTTP listener is set up.
public struct HTTPConfiguration: Sendable {
    /// Where to listen.
    public enum Address: Sendable, Hashable {
        /// A host and a port; port 0 is any free one.
        case host(String, port: Int)
        /// A Unix socket.
        case unix(path: String)
    }

    /// Where to listen.
    public var address: Address
    /// The service's name in `/healthz`.
    public var service: String
    /// Further accepted Host names, besides loopback names and the listener's own.
    public var allowedHosts: Set<String>
    /// Further accepted origins, besides loopback ones.
    public var allowedOrigins: Set<String>
    /// Whether every origin is accepted, because a gateway in front has checked it and only its signed requests get in.
    public var acceptsEveryOrigin: Bool
    /// The largest accepted body in bytes; more is answered 413.
    public var maximumBodyBytes: Int
    /// How many sessions there may be; more are answered 503.
    public var maximumSessions: Int
    /// How many sessions one subject of a tenant may have; another one ends an idle one of theirs, or is answered 429 when none is idle.
    public var maximumSessionsPerOwner: Int
    /// A session that nobody has used for so long ends.
    public var sessionIdleTime: Duration
    /// A stream that was silent for so long gets a comment.
    public var keepAlive: Duration
    /// A call whose answer takes longer than this is answered with an event stream, so that the connection is seen to live.
    public var streamAfter: Duration
    /// How long running requests may go on after a graceful shutdown began.
    public var grace: Duration

    /// A listener with the defaults of the specification.
    public init(
        address: Address,
        service: String,
        allowedHosts: Set<String> = [],
        allowedOrigins: Set<String> = [],
        acceptsEveryOrigin: Bool = false,
        maximumBodyBytes: Int = 4 << 20,
        maximumSessions: Int = 10_000,
        maximumSessionsPerOwner: Int = 200,
        sessionIdleTime: Duration = .seconds(1800),
        keepAlive: Duration = .seconds(15),
        streamAfter: Duration = .seconds(15),
        grace: Duration = .seconds(4)
    ) {
        self.address = address
        self.service = service
        self.allowedHosts = allowedHosts
        self.allowedOrigins = allowedOrigins
        self.acceptsEveryOrigin = acceptsEveryOrigin
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumSessions = maximumSessions
        self.maximumSessionsPerOwner = maximumSessionsPerOwner
        self.sessionIdleTime = sessionIdleTime
        self.keepAlive = keepAlive
        self.streamAfter = streamAfter
        self.grace = grace
    }
}
