import JSONRPC
package import ProcessSupport

/// Calls the cloud's APIs: finds the endpoint, signs, sends, retries, and turns every failure into a ``CloudError``
/// (huaweicloud-http.md §§1–6).
package struct CloudClient: Sendable {
    /// The region of all calls, trimmed by the caller.
    package let region: String
    /// Where credentials come from.
    package let credentials: any CredentialsProvider

    private let transport: any HTTPTransport
    private let endpoints: Endpoints
    private let cursor = EndpointCursor()
    private let userAgent: String
    private let timeout: Duration
    private let retryPolicy: RetryPolicy
    private let clock: CloudClock
    private let random: @Sendable () -> Double
    private let redactor: Redactor?
    private let log: EventLog

    /// A client of these parts.
    ///
    /// - Parameters:
    ///   - transport: What carries single attempts.
    ///   - credentials: What requests are signed with.
    ///   - endpoints: Where services are found.
    ///   - region: The region, for example `af-south-1`.
    ///   - userAgent: `<executable>/<version>`.
    ///   - timeout: The limit of one attempt, from connecting to the last byte.
    ///   - retryPolicy: When another attempt follows.
    ///   - clock: The time of day and how to wait.
    ///   - random: Numbers from 0 up to 1, for the jitter of waits.
    ///   - redactor: What the configuration knows to be secret; applied to the API's messages.
    ///   - log: Where `cloud-retry` is recorded.
    package init(
        transport: any HTTPTransport,
        credentials: any CredentialsProvider,
        endpoints: Endpoints,
        region: String,
        userAgent: String,
        timeout: Duration = .seconds(30),
        retryPolicy: RetryPolicy = RetryPolicy(),
        clock: CloudClock = .system,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        redactor: Redactor? = nil,
        log: EventLog
    ) {
        self.transport = transport
        self.credentials = credentials
        self.endpoints = endpoints
        self.region = region
        self.userAgent = userAgent
        self.timeout = timeout
        self.retryPolicy = retryPolicy
        self.clock = clock
        self.random = random
        self.redactor = redactor
        self.log = log
    }

    /// Checks that calls to the service can be made, without making one.
    ///
    /// - Throws: `UNSUPPORTED_REGION`.
    package func requireEndpoint(for service: CloudService) throws(CloudError) {
        _ = try endpoints.endpoints(for: service, region: region)
    }

    /// Sends the request and returns the 2xx answer.
    ///
    /// The whole takes no longer than a ``CloudDeadline`` of the task allows.
    ///
    /// - Throws: The error of the last attempt; `UNSUPPORTED_REGION` before anything is sent; an error whose
    ///   ``CloudError/isCancellation`` is true as soon as the task is cancelled.
    package func send(_ request: CloudRequest) async throws(CloudError) -> CloudResponse {
        let candidates = try endpoints.endpoints(for: request.service, region: region)
        if request.idempotency == .write, let gate = CloudGate.current { try await gate(request) }
        var further = 1
        while true {
            let failure: AttemptFailure
            do throws(AttemptFailure) { return try await attempt(request, candidates) } catch { failure = error }
            let wait = retryPolicy.wait(
                beforeFurtherAttempt: further,
                after: failure.retry,
                of: request.idempotency,
                random: random()
            )
            guard let wait, CloudDeadline.allows(waiting: wait) else { throw failure.error }
            record(request, further: further, reason: failure.reason, wait: wait)
            do { try await clock.sleep(wait) } catch { throw .cancelled }
            further += 1
        }
    }

    /// One attempt.
    ///
    /// When DNS or TLS fails, the next endpoint is tried at once; after the last one the attempt has failed.
    private func attempt(_ request: CloudRequest, _ candidates: [Endpoint]) async throws(AttemptFailure) -> CloudResponse {
        var tried = 0
        while true {
            let position = cursor.position(for: request.service, of: candidates.count)
            do throws(AttemptFailure) { return try await attempt(request, at: candidates[position]) } catch {
                tried += 1
                guard error.switchesEndpoint else { throw error }
                let isFollowedByAnother = cursor.advance(from: position, for: request.service, of: candidates.count)
                guard isFollowedByAnother, tried < candidates.count else { throw error }
            }
        }
    }

    private func attempt(_ request: CloudRequest, at endpoint: Endpoint) async throws(AttemptFailure) -> CloudResponse {
        if Task.isCancelled { throw AttemptFailure(.cancelled) }
        let credentials: Credentials
        do throws(CloudError) { credentials = try await self.credentials.credentials() } catch { throw AttemptFailure(error) }
        let signed: SignedRequest
        do throws(SigningError) { signed = try sign(request, for: endpoint, with: credentials) } catch {
            throw AttemptFailure(CloudError(error))
        }
        let interpreter = AnswerInterpreter(
            idempotency: request.idempotency,
            service: request.service,
            credentialsAreTemporary: credentials.areTemporary,
            cleaner: MessageCleaner(redactor: redactor, secrets: credentials.secrets),
            now: clock.now
        )
        let limit = CloudDeadline.limiting(timeout)
        let answer: TransportResponse
        do throws(TransportFailure) {
            guard limit > .zero else { throw TransportFailure(.timeout, sent: false) }
            answer = try await transport.execute(signed, timeout: limit)
        } catch {
            if let partial = error.partial { CloudTrace.current?.record(requestID: CloudResponse.requestID(in: partial.headers)) }
            throw interpreter.failure(error)
        }
        CloudTrace.current?.record(requestID: CloudResponse.requestID(in: answer.headers))
        return try interpreter.response(answer)
    }

    /// The request with the headers of §1.1, signed for this moment.
    private func sign(_ request: CloudRequest, for endpoint: Endpoint, with credentials: Credentials) throws(SigningError) -> SignedRequest
    {
        let body = request.body ?? []
        var headers: HeaderList = ["User-Agent": userAgent]
        // The project lookup is sent without a content type.
        if request.service != .iam {
            headers.append("Content-Type", body.isEmpty ? "application/json" : "application/json;charset=utf-8")
        }
        var signed = SignedRequest(
            method: request.method,
            endpoint: endpoint,
            path: request.path,
            query: CanonicalQuery.make(request.query),
            headers: headers,
            body: body
        )
        try Signer(credentials: credentials).sign(&signed, at: clock.now(), projectID: request.projectID)
        return signed
    }

    private func record(_ request: CloudRequest, further: Int, reason: String, wait: Duration) {
        log.info(
            "cloud-retry",
            [
                "service": .string(request.service.rawValue.lowercased()),
                "operation": .string(request.operation),
                "attempt": .int(further),
                "reason": .string(reason),
                "delay_ms": .int(Int(wait / .milliseconds(1))),
            ]
        )
    }
}
