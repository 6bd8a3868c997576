import NIOCore

/// From an admission to a request on its way (gateway.md §6, steps 9–12, and §9).
extension ClientConnection {
    /// Pieces of a body up to this size are copied behind what goes out with them: one write costs less than two.
    static let coalescingLimit = 8_192

    /// Forwards an admitted request.
    ///
    /// - Throws: The refusal of the first step that fails.
    func forward(
        _ exchange: Exchange,
        _ admission: Admission,
        _ bytes: ByteBuffer,
        _ head: RequestHead,
        now: Double
    ) throws(Refusal) {
        exchange.endpoint = admission.endpoint
        guard loop.services.log.mayForward else { throw .retryable(503, "audit-unavailable", after: 1) }
        try checkRate(exchange, admission.caller, now: now)
        try checkStreams(exchange, admission, head)
        if let limit = exchange.limits.bodyBytes, case .length(let count) = head.framing, count > limit { throw .bodyTooLarge }
        let session = try session(exchange, admission, bytes)
        let address = try enterUpstream(exchange, admission.mount.service, now: now)
        let assertion: String
        do {
            assertion = try exchange.configuration.assertions.assertion(for: admission.caller, mount: admission.mount, now: now)
        } catch {
            throw Refusal(500, "internal-error")
        }
        let request = ForwardedRequest(
            path: admission.upstreamPath,
            query: session.query ?? admission.query,
            host: address.hostHeader,
            assertion: assertion,
            requestID: exchange.requestID,
            sessionID: session.id,
            newTrace: exchange.trace.flatMap { $0.isNew ? $0.header : nil }
        )
        let span = bytes.readableBytesUInt8Span
        var buffer = ByteBuffer()
        buffer.reserveCapacity(request.size(span) + min(exchange.body.remaining ?? 0, inbound.readableBytes, Self.coalescingLimit))
        request.write(span, head, loop.table, to: &buffer)
        exchange.address = address
        exchange.upstreamHead = buffer
        totalDeadline = loop.tick(after: exchange.limits.totalTimeout)
        if exchange.expectsContinue, !hasWholeBody(exchange) {
            output.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
            flushOutput()
        }
        connect(exchange, address)
    }

    // MARK: Limits

    private func checkRate(_ exchange: Exchange, _ caller: Caller, now: Double) throws(Refusal) {
        guard let rate = exchange.limits.requestsPerSecond, let burst = exchange.limits.effectiveBurst else { return }
        let bucket = TokenBuckets<CallerKey>.Rate(perSecond: Double(rate), burst: Double(burst))
        if let delay = loop.services.requestRates.take(CallerKey(caller.identity), at: bucket, now: now) {
            noteLimited(exchange, "requests_per_second")
            throw .retryable(429, "rate-limited", after: delay)
        }
    }

    /// A GET is a stream in every case; a POST that turns out to be one is counted then, and never refused for it.
    private func checkStreams(_ exchange: Exchange, _ admission: Admission, _ head: RequestHead) throws(Refusal) {
        guard exchange.method == "GET" else { return }
        guard loop.services.streams.open(CallerKey(admission.caller.identity), limit: exchange.limits.streamsPerSubject) else {
            noteLimited(exchange, "streams_per_subject")
            throw .retryable(429, "too-many-streams", after: 5)
        }
        exchange.holdsStreamQuota = true
    }

    /// Refuses a request because of a limit, and says so in the log.
    func refuseLimited(_ exchange: Exchange, _ limit: String, after delay: Double) {
        noteLimited(exchange, limit)
        refuse(exchange, .retryable(429, "rate-limited", after: delay))
    }

    private func noteLimited(_ exchange: Exchange, _ limit: String) {
        loop.services.log.rateLimited(
            requestID: exchange.requestID,
            identity: exchange.caller?.identity,
            client: exchange.client,
            limit: limit
        )
    }

    // MARK: Sessions

    /// Checks and unwraps the session id, where the request has one or needs one (gateway.md §9.3).
    private func session(
        _ exchange: Exchange,
        _ admission: Admission,
        _ bytes: ByteBuffer
    ) throws(Refusal) -> (id: [UInt8]?, query: String?) {
        guard let binding = exchange.sessionBinding else { return (nil, nil) }
        let sealer = loop.sealer(of: exchange.configuration)
        if admission.endpoint == .messages {
            let query = admission.query ?? ""
            guard let wrapped = SessionQuery.value(in: query.utf8) else { throw .badSession }
            guard let id = sealer.open(wrapped, for: binding) else { throw .sessionNotFound }
            return (nil, SessionQuery.replacing(query.utf8) { _ in String(decoding: id, as: UTF8.self) })
        }
        var found: HeadField?
        var versions = 0
        var isModern = false
        for field in loop.table.fields {
            switch field.kind {
            case .protocolVersion:
                versions += 1
                isModern = !field.isMisspelled && ProtocolRevision.hasNoSessions(bytes.readableBytesUInt8Span, field.value)
            case .sessionID where !loop.table.isNamedByConnection(field, bytes.readableBytesUInt8Span):
                guard found == nil else { throw .badSession }
                found = field
            default: break
            }
        }
        // Revisions from 2026-07-28 on have no sessions: what such a request says about one is dropped.
        if versions == 1, isModern { return (nil, nil) }
        guard let found else { return (nil, nil) }
        guard !found.isMisspelled, !found.value.isEmpty else { throw .badSession }
        let wrapped = bytes.getBytes(at: bytes.readerIndex + found.value.lowerBound, length: found.value.count) ?? []
        guard let id = sealer.open(wrapped, for: binding) else { throw .sessionNotFound }
        return (id, nil)
    }

    // MARK: Sending

    /// Lets the request through to the service's server; its address.
    private func enterUpstream(_ exchange: Exchange, _ service: String, now: Double) throws(Refusal) -> UpstreamAddress {
        let entrance = loop.services.directory.entrance(of: service)
        if loop.isDraining || entrance?.upstream.state == .draining { throw .retryable(503, "draining", after: 1) }
        guard let entrance, entrance.upstream.state.acceptsRequests, let address = entrance.upstream.address else {
            throw .retryable(503, "upstream-unavailable", after: 1)
        }
        do throws(UpstreamGate.Closed) {
            exchange.enterUpstream(try entrance.gate.enter(now: now))
            return address
        } catch {
            switch error {
            case .circuit(let delay):
                throw .retryable(503, "upstream-unavailable", after: delay)
            case .connections:
                noteLimited(exchange, "upstream_connections")
                throw .retryable(503, "upstream-busy", after: 1)
            }
        }
    }

    private func hasWholeBody(_ exchange: Exchange) -> Bool {
        if let remaining = exchange.body.remaining { return inbound.readableBytes >= remaining }
        return false
    }

    private func connect(_ exchange: Exchange, _ address: UpstreamAddress) {
        armActivity(after: exchange.limits.responseTimeout)
        if !exchange.isRepeated, let connection = loop.takeIdle(address) {
            connection.begin(for: self)
            exchange.upstream = connection
            send(exchange, on: connection)
        } else {
            let connection = UpstreamConnection(loop: loop, address: address, client: self)
            exchange.upstream = connection
            loop.open(connection, timeout: exchange.limits.connectTimeout)
        }
    }

    /// The new connection is open.
    func upstreamDidConnect(_ connection: UpstreamConnection) {
        guard let exchange, exchange.upstream === connection else { return connection.cancel() }
        noteConnection(exchange, succeeded: true)
        send(exchange, on: connection)
        process()
    }

    /// Sends the head and as much of the body as is there.
    private func send(_ exchange: Exchange, on connection: UpstreamConnection) {
        guard let head = exchange.upstreamHead else { return }
        exchange.upstreamHead = nil
        let unread = inbound
        let body = exchange.body
        let bytesIn = exchange.bytesIn
        guard write(exchange, on: connection, after: head), self.exchange === exchange else { return }
        if connection.flushFirst() { return }
        // A response may have come in while the write failed; then this exchange is in other hands.
        guard self.exchange === exchange, exchange.upstream === connection else { return }
        // The connection is dead, and none of the bytes was sent.
        if connection.isReused, !exchange.isRepeated, let address = exchange.address {
            exchange.isRepeated = true
            exchange.isSent = false
            exchange.upstreamHead = head
            exchange.body = body
            exchange.bytesIn = bytesIn
            inbound = unread
            connect(exchange, address)
        } else {
            exchange.upstream = nil
            failUpstream(exchange, .unreachable, isConnecting: false)
        }
    }

    /// Goes on with the body, as far as it is there and the upstream takes it.
    func pumpBody(_ exchange: Exchange) {
        guard let connection = exchange.upstream, connection.isOpen, exchange.upstreamHead == nil else { return }
        if write(exchange, on: connection, after: ByteBuffer()) { connection.flush() }
    }

    /// Writes what there is of the body, without flushing; false when the body turned out to be refused.
    private func write(_ exchange: Exchange, on connection: UpstreamConnection, after head: ByteBuffer) -> Bool {
        var pending = head
        defer { if self.exchange === exchange, pending.readableBytes > 0 { connection.write(pending) } }
        let isChunked = exchange.framing == .chunked
        while true {
            guard connection.isWritable else {
                // The upstream is slow: not the client's fault, and its bytes are not read meanwhile.
                pauseReading()
                armActivity(after: exchange.limits.responseTimeout)
                return true
            }
            let step: ChunkedDecoder.Step
            do throws(MalformedBody) {
                step = try exchange.body.next(&inbound)
            } catch {
                pending.clear()
                refuse(exchange, Refusal(400, "malformed-http:\(error.rawValue)", closesConnection: true))
                return false
            }
            switch step {
            case .data(let slice):
                exchange.bytesIn += slice.readableBytes
                if let limit = exchange.limits.bodyBytes, exchange.bytesIn > limit {
                    pending.clear()
                    refuse(exchange, .bodyTooLarge)
                    return false
                }
                if isChunked { pending.writeChunkSize(slice.readableBytes) }
                if slice.readableBytes <= Self.coalescingLimit {
                    pending.writeImmutableBuffer(slice)
                } else {
                    if pending.readableBytes > 0 { connection.write(pending) }
                    pending = ByteBuffer()
                    connection.write(slice)
                }
                if isChunked { pending.writeStaticString("\r\n") }
            case .needsMore:
                releaseInbound()
                resumeReading()
                armActivity(after: exchange.limits.bodyTimeout)
                return true
            case .end:
                if isChunked { pending.writeStaticString("0\r\n\r\n") }
                exchange.isSent = true
                if inbound.readableBytes < Self.pipelineLimit { resumeReading() }
                if exchange.status == 0 {
                    armActivity(after: exchange.limits.responseTimeout)
                } else if exchange.stream == nil {
                    armActivity(after: exchange.limits.idleTimeout)
                }
                return true
            }
        }
    }

    /// The upstream takes bytes again.
    func upstreamDidBecomeWritable() {
        guard let exchange, !exchange.isSent else { return }
        resumeReading()
        process()
    }

    /// Whether the whole request of the running exchange has been sent.
    var isRequestSent: Bool { exchange?.isSent ?? false }

    /// Tells the directory how a connection attempt ended.
    func noteConnection(_ exchange: Exchange, succeeded: Bool) {
        guard let service = exchange.mount?.service else { return }
        loop.services.directory.noteConnection(to: service, succeeded: succeeded)
    }

    /// Ends the upstream's part of an exchange at once.
    func cancelUpstream(_ exchange: Exchange) {
        exchange.upstream?.cancel()
        exchange.upstream = nil
        exchange.upstreamHead = nil
        exchange.leaveUpstream()
    }
}

extension Refusal {
    static let bodyTooLarge = Refusal(413, "body-too-large", closesConnection: true)
    static let badSession = Refusal(400, "bad-session-id")
    static let sessionNotFound = Refusal(404, "session-not-found")
}
