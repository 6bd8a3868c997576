import NIOCore

/// From a complete head to a decision (gateway.md §6).
extension ClientConnection {
    /// More waits for verification keys than this are not worth it.
    private static let waitLimit = 3

    /// Begins the exchange of a well-formed head.
    func begin(_ bytes: ByteBuffer, _ head: RequestHead) {
        let configuration = loop.services.configuration.current
        let exchange = Exchange(
            configuration: configuration,
            requestID: requestID(bytes),
            method: bytes.text(head.method),
            path: "",
            head: head,
            client: client(bytes, configuration.trustedProxies),
            started: .now()
        )
        exchange.trace = trace(bytes)
        exchange.tool = tool(bytes)
        start(exchange)
        decide(exchange, bytes, head)
    }

    /// Decides about the request whose field lines are in the loop's table.
    private func decide(_ exchange: Exchange, _ bytes: ByteBuffer, _ head: RequestHead) {
        let now = loop.services.now()
        let failures = failureRate(exchange.limits)
        let delay = failures.flatMap { loop.services.failedAuthentications.delay(exchange.client.limitKey, at: $0, now: now) }
        let requests = exchange.isCounted ? nil : addressRate(exchange.limits)
        let addressDelay = requests.flatMap { loop.services.addressRates.delay(exchange.client.limitKey, at: $0, now: now) }
        let decision = decision(exchange, bytes, head, isLimited: delay != nil || addressDelay != nil, now: now)
        exchange.path = decision.path
        exchange.mount = decision.mount
        exchange.caller = decision.caller
        exchange.corsHeaders = decision.corsHeaders
        if let requests, decision.step.needsAuthentication {
            exchange.isCounted = true
            if let delay = addressDelay ?? loop.services.addressRates.take(exchange.client.limitKey, at: requests, now: now) {
                return refuseLimited(exchange, "requests_per_second_per_address", after: delay)
            }
        }
        switch decision.outcome {
        case .respond(let response):
            respond(response, to: exchange)
        case .refuse(let refusal):
            if refusal.status == 401 {
                if let delay { return refuseLimited(exchange, "failed_auth_per_minute", after: delay) }
                if let failures { _ = loop.services.failedAuthentications.take(exchange.client.limitKey, at: failures, now: now) }
            }
            refuse(exchange, refusal)
        case .forward(let admission):
            do throws(Refusal) {
                try forward(exchange, admission, bytes, head, now: now)
            } catch {
                refuse(exchange, error)
            }
        case .wait(let refresh):
            wait(exchange, refresh, bytes, head)
        }
    }

    /// The decision about a request, made a moment ago or now.
    ///
    /// - Parameter isLimited: Whether the client has asked or failed too often. It is refused before the token is looked at: without a token
    ///   the decision stops at the step where the token would count.
    private func decision(_ exchange: Exchange, _ bytes: ByteBuffer, _ head: RequestHead, isLimited: Bool, now: Double) -> Decision {
        let configuration = exchange.configuration
        if isLimited {
            var facts = facts(exchange, bytes, head)
            facts.authorization = []
            return configuration.engine.decide(facts, now: now)
        }
        loop.memo.setKey(bytes.readableBytesUInt8Span, head, loop.table, peer: peer)
        if let decision = loop.memo.decision(under: configuration, now: now), isStillValid(decision, now: now) { return decision }
        let keyGeneration = configuration.engine.keyGeneration
        let decision = configuration.engine.decide(facts(exchange, bytes, head), now: now)
        if case .forward = decision.outcome { loop.memo.keep(decision, under: configuration, keyGeneration: keyGeneration, now: now) }
        return decision
    }

    /// Whether the token of an earlier request is neither over nor revoked.
    private func isStillValid(_ decision: Decision, now: Double) -> Bool {
        guard let caller = decision.caller else { return false }
        if let deadline = caller.tokenDeadline, deadline < now { return false }
        return !loop.services.revocations.current.revokes(caller)
    }

    /// Decides again when the verification keys have been fetched.
    ///
    /// The bytes that come meanwhile wait.
    private func wait(_ exchange: Exchange, _ refresh: KeyRefresh, _ bytes: ByteBuffer, _ head: RequestHead) {
        exchange.waits += 1
        guard exchange.waits <= Self.waitLimit else {
            return refuse(exchange, .retryable(503, "keys-unavailable", after: 1))
        }
        armActivity(after: exchange.limits.responseTimeout)
        let bound = NIOLoopBound((self, exchange, bytes, head), eventLoop: loop.eventLoop)
        let eventLoop = loop.eventLoop
        refresh.whenOver {
            eventLoop.execute {
                let (connection, exchange, bytes, head) = bound.value
                guard connection.exchange === exchange else { return }
                // The table has seen other heads since; this one was parsed before, so it cannot fail.
                guard (try? RequestHead(bytes.readableBytesUInt8Span, &connection.loop.table)) == head else { return }
                connection.decide(exchange, bytes, head)
                connection.process()
            }
        }
    }

    private func facts(_ exchange: Exchange, _ bytes: ByteBuffer, _ head: RequestHead) -> RequestFacts {
        var facts = RequestFacts(method: exchange.method, target: bytes.text(head.target), host: "", peer: peer)
        for field in loop.table.fields {
            switch field.kind {
            case .forwarding: facts.forwardedHeaderPresent = true
            case _ where field.isMisspelled: break
            case .host: facts.host = bytes.text(field.value)
            case .origin: facts.origins.append(bytes.text(field.value))
            case .authorization: facts.authorization.append(bytes.text(field.value))
            case .accessControlRequestMethod: facts.requestedMethod = bytes.text(field.value)
            case .accessControlRequestHeaders: facts.requestedHeaders.append(bytes.text(field.value))
            default: break
            }
        }
        return facts
    }

    /// The client's request id if it is the only one and has 1…64 visible ASCII characters, else a new one (gateway.md §9.1).
    private func requestID(_ bytes: ByteBuffer) -> String {
        var found: HeadField?
        for field in loop.table.fields where field.kind == .requestID {
            guard found == nil, !field.isMisspelled, (1...64).contains(field.value.count) else { return loop.nextRequestID() }
            found = field
        }
        guard let found else { return loop.nextRequestID() }
        let text = bytes.text(found.value)
        return text.utf8.allSatisfy { $0 > HTTPByte.space && $0 < HTTPByte.delete } ? text : loop.nextRequestID()
    }

    /// The address that a request came from: the peer's, unless that is a trusted proxy who names another.
    private func client(_ bytes: ByteBuffer, _ proxies: TrustedProxies) -> ClientAddress {
        if proxies.isEmpty { return peer.client }
        return ForwardedClient(proxies: proxies).address(behind: peer, bytes.readableBytesUInt8Span, loop.table.fields)
    }

    /// The rate of requests that one address may have; nil for no limit.
    private func addressRate(_ limits: Limits) -> TokenBuckets<String>.Rate? {
        guard let rate = limits.requestsPerSecondPerAddress, let burst = limits.effectiveBurstPerAddress else { return nil }
        return .init(perSecond: Double(rate), burst: Double(burst))
    }

    /// The rate of failed authentications that one address may have; nil for no limit.
    private func failureRate(_ limits: Limits) -> TokenBuckets<String>.Rate? {
        limits.failedAuthPerMinute.map { .init(perSecond: Double($0) / 60, burst: Double($0)) }
    }
}

extension ByteBuffer {
    /// The text at places of a head that begins at the reader index.
    ///
    /// Bytes that are no UTF-8 become U+FFFD.
    func text(_ range: Range<Int>) -> String { getString(at: readerIndex + range.lowerBound, length: range.count) ?? "" }
}
