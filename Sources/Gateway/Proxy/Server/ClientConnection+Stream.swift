import NIOCore

/// Event streams (gateway.md §9.4).
extension ClientConnection {
    /// The response turned out to be an event stream.
    func startStream(_ exchange: Exchange) {
        exchange.stream = EventStream(endpointUnder: exchange.endpoint == .sse ? exchange.mount?.path : nil)
        if let service = exchange.mount?.service { loop.services.log.streamOpened(service: service) }
        if !exchange.holdsStreamQuota, let caller = exchange.caller {
            exchange.holdsStreamQuota = loop.services.streams.open(CallerKey(caller.identity), limit: nil)
        }
        totalDeadline = nil
        armKeepAlive(exchange)
        if isRevoked(exchange) {
            // The list changed after the request was admitted.
            expiryDeadline = loop.wheel.now + 1
            updateDeadline()
        } else if let end = exchange.caller?.tokenDeadline {
            let seconds = max(end - loop.services.now(), 0)
            // Never early: then the client would come back with a token that still counts. One more, because the current tick has begun.
            expiryDeadline = loop.wheel.now + UInt64((min(seconds, 1e9) * Double(ProxyLoop.ticksPerSecond)).rounded(.up)) + 1
            updateDeadline()
        }
    }

    private func armKeepAlive(_ exchange: Exchange) {
        // While the request itself is still coming in, its own deadlines matter more.
        if exchange.isSent { armActivity(after: exchange.configuration.sseKeepAlive) }
    }

    /// Forwards a piece of the stream.
    func forwardEvents(_ exchange: Exchange, _ slice: ByteBuffer) {
        armKeepAlive(exchange)
        let sealer = loop.sealer(of: exchange.configuration)
        let binding = exchange.sessionBinding
        do throws(EndpointRewriter.Problem) {
            let bytes = try exchange.stream?.forward(slice) { id in binding.flatMap { sealer.seal(id, for: $0) } }
            if let bytes { writeBody(exchange, bytes) }
        } catch {
            breakStream(exchange, error)
        }
    }

    /// The stream has no usable `endpoint` event: an invalid response, whose head may still be replaced.
    func breakStream(_ exchange: Exchange, _ problem: EndpointRewriter.Problem) {
        cancelUpstream(exchange)
        if !exchange.isHeadFlushed {
            output.clear()
            exchange.status = 0
        }
        finishStream(exchange)
        failUpstream(exchange, .invalidResponse(problem.rawValue), isConnecting: false)
    }

    /// The gateway ends the stream: a comment, a clean end, and the end of the upstream request.
    func endStream(_ exchange: Exchange, _ end: StreamEnd) {
        guard let stream = exchange.stream else { return }
        cancelUpstream(exchange)
        if let comment = end.comment { writeBody(exchange, stream.lastComment(comment)) }
        if let caller = exchange.caller, let mount = exchange.mount {
            loop.services.log.streamClosed(
                requestID: exchange.requestID,
                service: mount.service,
                identity: caller.identity,
                reason: end.reason,
                duration: exchange.duration
            )
        }
        finish(exchange)
    }

    /// Ends the stream that is open here if its caller may not have it any more.
    func endStream(as end: StreamEnd, unless isAllowed: (Mount, Caller) -> Bool) {
        guard let exchange, exchange.stream != nil, let mount = exchange.mount, let caller = exchange.caller else { return }
        if !isAllowed(mount, caller) { endStream(exchange, end) }
    }

    /// Gives back what the stream was counted for.
    func finishStream(_ exchange: Exchange) {
        if exchange.holdsStreamQuota, let caller = exchange.caller {
            exchange.holdsStreamQuota = false
            loop.services.streams.close(CallerKey(caller.identity))
        }
        guard exchange.stream != nil else { return }
        exchange.stream = nil
        expiryDeadline = nil
        if let service = exchange.mount?.service { loop.services.log.streamClosed(service: service) }
    }

    /// A deadline of the running request has come.
    func deadlineReached(of exchange: Exchange) {
        if let expiry = expiryDeadline, expiry <= loop.wheel.now, exchange.stream != nil {
            return endStream(exchange, isRevoked(exchange) ? .revoked : .tokenExpired)
        }
        if let stall = stallDeadline, stall <= loop.wheel.now { return tear(exchange) }
        if let total = totalDeadline, total <= loop.wheel.now { return timeOut(exchange) }
        guard let activity = activityDeadline, activity <= loop.wheel.now else { return updateDeadline() }
        if exchange.stream != nil, exchange.isSent {
            keepAlive(exchange)
        } else if exchange.status != 0, exchange.upstream?.isReadingPaused == true {
            // The client does not read: that has a deadline of its own.
            armActivity(after: exchange.limits.idleTimeout)
        } else {
            timeOut(exchange)
        }
    }

    /// Ends the request because of whoever keeps it from going on.
    private func timeOut(_ exchange: Exchange) {
        if exchange.isSent || !isWaitingForBody(exchange) {
            failUpstream(exchange, .timeout, isConnecting: false)
        } else {
            refuse(exchange, Refusal(408, "request-timeout", closesConnection: true))
        }
    }

    private func isRevoked(_ exchange: Exchange) -> Bool {
        guard let caller = exchange.caller else { return false }
        return loop.services.revocations.current.revokes(caller)
    }

    /// Whether the client is the one who keeps the request from going on.
    private func isWaitingForBody(_ exchange: Exchange) -> Bool {
        guard let upstream = exchange.upstream, upstream.isOpen else { return false }
        return upstream.isWritable
    }

    /// Breaks the silence, unless an event has begun or the client does not read.
    private func keepAlive(_ exchange: Exchange) {
        guard exchange.stream?.isBetweenEvents == true, isWritable else { return armActivity(after: 1) }
        var comment = ByteBuffer()
        comment.writeStaticString(EventStream.keepAlive)
        writeBody(exchange, comment)
        armActivity(after: exchange.configuration.sseKeepAlive)
        flushOutput()
    }
}
