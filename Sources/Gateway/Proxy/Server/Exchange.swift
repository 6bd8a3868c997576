import AuthCommon
import NIOCore

/// One request and its response.
///
/// Confined to its connection's event loop.
final class Exchange {
    /// The configuration that the request began with.
    let configuration: GatewayConfiguration
    /// The request id, the client's or a new one.
    let requestID: String
    /// The method.
    let method: String
    /// When the head was complete.
    let started: NIODeadline
    /// How the body of the request is framed.
    let framing: BodyFraming
    /// Whether the client speaks HTTP/1.0, which has no chunks.
    let isHTTP10: Bool
    /// Whether the client waits for `100 Continue`.
    let expectsContinue: Bool

    /// Whether the client wants to use the connection for another request, and may.
    var keepsAlive: Bool
    /// The path for the logs.
    var path: String
    /// The mount, where there is one.
    var mount: Mount?
    /// The caller, as soon as it is known.
    var caller: Caller?
    /// The address that the request came from: for logs and limits only.
    var client: ClientAddress
    /// Whether the request is counted for that address.
    var isCounted = false
    /// The trace that the request belongs to.
    var trace: TraceContext?
    /// The tool that the client says it calls; a claim.
    var tool: String?
    /// Header fields for the response, whatever it is.
    var corsHeaders: [LocalResponse.Field] = []
    /// How often the request has waited for verification keys.
    var waits = 0

    // MARK: Request

    /// The body that is still to come from the client.
    var body: BodyDecoder
    /// Bytes of the body so far.
    var bytesIn = 0
    /// The endpoint that the request is for, once it is forwarded.
    var endpoint: Endpoint?
    /// Where the request goes.
    var address: UpstreamAddress?
    /// The head for the upstream, until it is sent.
    var upstreamHead: ByteBuffer?
    /// The connection to the upstream.
    var upstream: UpstreamConnection?
    /// The right to be with the upstream, as long as the request is.
    private var pass: UpstreamPass?
    /// Whether the whole request has been sent.
    var isSent = false
    /// Whether the request has been sent a second time.
    var isRepeated = false

    // MARK: Response

    /// The status that was sent; 0 before.
    var status = 0
    /// How the body of the response is framed towards the client.
    var responseFraming = BodyFraming.none
    /// Whether the head of the response is beyond recall.
    var isHeadFlushed = false
    /// Bytes of the response body so far.
    var bytesOut = 0
    /// Set while the response is an event stream.
    var stream: EventStream?
    /// Whether the stream is counted for its caller.
    var holdsStreamQuota = false
    /// Whether the log record has been written.
    var isRecorded = false

    /// An exchange that begins.
    init(
        configuration: GatewayConfiguration,
        requestID: String,
        method: String,
        path: String,
        head: RequestHead,
        client: ClientAddress,
        started: NIODeadline
    ) {
        self.configuration = configuration
        self.requestID = requestID
        self.method = method
        self.path = path
        self.client = client
        self.started = started
        framing = head.framing
        isHTTP10 = head.isHTTP10
        expectsContinue = head.expectsContinue
        keepsAlive = head.keepsAlive
        body = BodyDecoder(head.framing)
    }

    deinit { leaveUpstream() }

    /// The time since the head was complete.
    var duration: Duration { .nanoseconds((NIODeadline.now() - started).nanoseconds) }

    /// The limits of the configuration.
    var limits: Limits { configuration.limits }

    // MARK: The gate of the upstream

    /// The request was let through.
    func enterUpstream(_ pass: UpstreamPass) { self.pass = pass }

    /// The upstream began to answer.
    func upstreamAnswered() { pass?.answered() }

    /// The upstream failed, unless it has begun to answer.
    func upstreamFailed(_ failure: UpstreamFailure, now: @autoclosure () -> Double) {
        guard pass != nil else { return }
        switch failure.verdict {
        case .silent: pass?.failed(failure.reason, now: now())
        case .alive: pass?.answered()
        case .none: break
        }
    }

    /// The request is with the upstream no more, for whatever reason.
    func leaveUpstream() {
        pass?.leave()
        pass = nil
    }

    /// What belongs to a session of this request.
    var sessionBinding: SessionBinding? {
        guard let caller, let mount else { return nil }
        return SessionBinding(
            subject: caller.identity.subject,
            tenant: caller.identity.tenant,
            service: mount.service,
            mountPath: mount.path
        )
    }
}
