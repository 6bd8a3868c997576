import NIOCore

/// Responses of an upstream on their way to the client (gateway.md §9.1, §9.5).
extension ClientConnection {
    /// The head of the response is there; its field lines are in the loop's table.
    ///
    /// False when the response is refused.
    func upstreamDidSendHead(_ connection: UpstreamConnection, _ bytes: ByteBuffer, _ head: ResponseHead) -> Bool {
        guard let exchange, exchange.upstream === connection else { return false }
        exchange.upstreamAnswered()
        do throws(UpstreamFailure) {
            try forwardHead(exchange, bytes, head)
            return true
        } catch {
            failUpstream(exchange, error, isConnecting: false)
            return false
        }
    }

    private func forwardHead(_ exchange: Exchange, _ bytes: ByteBuffer, _ head: ResponseHead) throws(UpstreamFailure) {
        let span = bytes.readableBytesUInt8Span
        if head.status == 401 { throw .rejectedIdentity }
        if 300..<400 ~= head.status { throw .invalidResponse("redirect") }
        let isStream = head.status == 200 && head.framing != .none && isEventStream(span)
        if isStream { try checkEncoding(span) }
        let sessionID = try sealedSession(exchange, bytes)

        var framing = head.framing
        if isStream || framing == .untilEnd { framing = .chunked }
        if exchange.isHTTP10, framing == .chunked { framing = .untilEnd }
        if framing == .untilEnd { exchange.keepsAlive = false }
        let closes = mustClose(after: exchange)
        if closes { exchange.keepsAlive = false }
        exchange.status = head.status
        exchange.responseFraming = framing
        let response = ForwardedResponse(
            requestID: exchange.requestID,
            sessionID: sessionID,
            corsHeaders: exchange.corsHeaders,
            framing: framing,
            closes: closes
        )
        output.reserveCapacity(response.size(span) + min(exchange.upstream?.inbound.readableBytes ?? 0, Self.coalescingLimit))
        response.write(span, head, loop.table, to: &output)
        if exchange.isSent { armActivity(after: exchange.limits.idleTimeout) }
        if isStream { startStream(exchange) }
    }

    private func isEventStream(_ bytes: Span<UInt8>) -> Bool {
        for field in loop.table.fields where field.kind == .contentType && !field.isMisspelled {
            let value = field.value
            guard HTTPByte.starts(bytes, value, with: "text/event-stream") else { return false }
            guard value.count > 17 else { return true }
            let next = bytes[value.lowerBound + 17]
            return next == UInt8(ascii: ";") || next == HTTPByte.space || next == HTTPByte.tab
        }
        return false
    }

    /// An event stream is never compressed: comments could not be put into it.
    private func checkEncoding(_ bytes: Span<UInt8>) throws(UpstreamFailure) {
        for field in loop.table.fields
        where field.kind == .contentEncoding && !field.isMisspelled && !HTTPByte.equal(bytes, field.value, "identity") {
            throw .invalidResponse("compressed-stream")
        }
    }

    /// The client's id for the session id that the server gave out, if it did.
    private func sealedSession(_ exchange: Exchange, _ bytes: ByteBuffer) throws(UpstreamFailure) -> String? {
        var sealed: String?
        for field in loop.table.fields where field.kind == .sessionID && !field.isMisspelled {
            let id = bytes.getBytes(at: bytes.readerIndex + field.value.lowerBound, length: field.value.count) ?? []
            guard sealed == nil, let binding = exchange.sessionBinding,
                let text = loop.sealer(of: exchange.configuration).seal(id, for: binding)
            else { throw .invalidResponse("session-id") }
            sealed = text
        }
        return sealed
    }

    /// A piece of the response's body is there.
    func upstreamDidSendBody(_ connection: UpstreamConnection, _ slice: ByteBuffer) {
        guard let exchange, exchange.upstream === connection else { return }
        if exchange.stream == nil {
            if exchange.isSent { armActivity(after: exchange.limits.idleTimeout) }
            writeBody(exchange, slice)
        } else {
            forwardEvents(exchange, slice)
        }
    }

    /// Writes a piece of a body with its framing, without flushing.
    func writeBody(_ exchange: Exchange, _ slice: ByteBuffer) {
        guard slice.readableBytes > 0 else { return }
        exchange.bytesOut += slice.readableBytes
        let isChunked = exchange.responseFraming == .chunked
        if isChunked { output.writeChunkSize(slice.readableBytes) }
        if slice.readableBytes <= Self.coalescingLimit {
            output.writeImmutableBuffer(slice)
        } else {
            writeOutput()
            context?.write(wrapOutboundOut(slice), promise: nil)
            hasUnflushed = true
        }
        if isChunked { output.writeStaticString("\r\n") }
        if output.readableBytes >= Self.coalescingLimit * 2 { writeOutput() }
    }

    /// Everything that came in together has been handled.
    func upstreamDidReadComplete() {
        flushOutput()
        guard let exchange, !isWritable else { return }
        exchange.upstream?.pauseReading()
        guard stallDeadline == nil else { return }
        stallDeadline = loop.tick(after: Self.stallTimeout)
        updateDeadline()
    }

    /// The response is complete.
    func upstreamDidEnd() {
        guard let exchange else { return }
        exchange.upstream = nil
        exchange.leaveUpstream()
        if exchange.stream?.awaitsEndpoint == true { return breakStream(exchange, .noSession) }
        finish(exchange)
    }

    /// Writes the end of the response and goes on.
    func finish(_ exchange: Exchange) {
        let closes = mustClose(after: exchange)
        if exchange.responseFraming == .chunked { output.writeStaticString("0\r\n\r\n") }
        finishStream(exchange)
        record(exchange, aborted: false)
        flushOutput()
        end(exchange, closes: closes)
    }

    /// The response broke after its head: the client sees that, too.
    func upstreamDidBreak(_ reason: String) {
        guard let exchange else { return }
        exchange.upstream = nil
        logUpstreamError(exchange, status: exchange.status, "upstream-torn:\(reason)")
        tear(exchange)
    }

    /// There will be no response.
    func upstreamDidFail(_ connection: UpstreamConnection, _ failure: UpstreamFailure, isConnecting: Bool) {
        guard let exchange, exchange.upstream === connection else { return }
        exchange.upstream = nil
        failUpstream(exchange, failure, isConnecting: isConnecting)
    }

    /// Answers with the failure, or tears the response if it has begun.
    func failUpstream(_ exchange: Exchange, _ failure: UpstreamFailure, isConnecting: Bool) {
        if isConnecting, failure.verdict == .silent { noteConnection(exchange, succeeded: false) }
        exchange.upstreamFailed(failure, now: loop.services.now())
        let refusal = failure.refusal
        logUpstreamError(exchange, status: refusal.status, failure.reason)
        refuse(exchange, refusal)
    }

    private func logUpstreamError(_ exchange: Exchange, status: Int, _ reason: String) {
        loop.services.log.upstreamError(
            requestID: exchange.requestID,
            service: exchange.mount?.service ?? "",
            status: status,
            error: reason
        )
    }

    // MARK: Writing

    /// Writes what has been collected, without flushing.
    func writeOutput() {
        guard output.readableBytes > 0 else { return }
        let buffer = output
        output = ByteBuffer()
        hasUnflushed = true
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// Sends everything that has been collected.
    func flushOutput() {
        writeOutput()
        guard hasUnflushed else { return }
        hasUnflushed = false
        if let exchange, exchange.status != 0 { exchange.isHeadFlushed = true }
        context?.flush()
    }
}
