import NIOCore

/// Answers that the gateway gives itself, and the log record of every request.
extension ClientConnection {
    /// Refuses the request.
    ///
    /// A response that has begun is torn instead.
    func refuse(_ exchange: Exchange, _ refusal: Refusal) {
        guard self.exchange === exchange else { return }
        cancelUpstream(exchange)
        guard exchange.status == 0 else { return tear(exchange) }
        if refusal.closesConnection { exchange.keepsAlive = false }
        respond(refusal.response, to: exchange, refusal: refusal)
    }

    /// Answers the request.
    func respond(_ response: LocalResponse, to exchange: Exchange, refusal: Refusal? = nil) {
        let closes = mustClose(after: exchange)
        if closes { exchange.keepsAlive = false }
        exchange.status = response.status
        let isHead = exchange.method == "HEAD"
        write(response, requestID: exchange.requestID, cors: exchange.corsHeaders, closes: closes, withBody: !isHead)
        exchange.bytesOut = isHead ? 0 : response.body.count
        finishStream(exchange)
        record(exchange, aborted: false, refusal: refusal)
        flushOutput()
        end(exchange, closes: closes)
    }

    private func write(
        _ response: LocalResponse,
        requestID: String,
        cors: [LocalResponse.Field],
        closes: Bool,
        withBody: Bool
    ) {
        output.writeStaticString("HTTP/1.1 ")
        output.writeString(StatusText.text(response.status))
        output.writeStaticString("\r\n")
        output.writeField("Date", loop.date)
        for field in response.headers { output.writeField(field.name, field.value) }
        for field in cors { output.writeField(field.name, field.value) }
        output.writeField("X-Request-Id", requestID)
        if response.status != 204 { output.writeFraming(.length(response.body.count)) }
        if closes { output.writeStaticString("Connection: close\r\n") }
        output.writeStaticString("\r\n")
        if withBody { output.writeBytes(response.body) }
    }

    /// Refuses bytes that are no head, or not in time, and closes the connection: what follows cannot be told from a request.
    func refuseHead(_ problem: HeadProblem) {
        guard phase == .head else { return }
        let refusal = problem.refusal
        let requestID = loop.nextRequestID()
        write(refusal.response, requestID: requestID, cors: [], closes: true, withBody: true)
        // A connection on which nothing was sent is no request.
        if problem == .timeout, inbound.readableBytes == 0 { return linger() }
        loop.services.log.record(
            AccessRecord(
                requestID: requestID,
                service: nil,
                method: "",
                path: "",
                status: refusal.status,
                duration: .zero,
                identity: nil,
                client: peer.client,
                bytesOut: refusal.response.body.count,
                refusal: refusal
            )
        )
        linger()
    }

    /// Writes the request's log record, once.
    func record(_ exchange: Exchange, aborted: Bool, refusal: Refusal? = nil) {
        guard !exchange.isRecorded else { return }
        exchange.isRecorded = true
        var record = AccessRecord(
            requestID: exchange.requestID,
            service: exchange.mount?.service,
            method: exchange.method,
            path: exchange.path,
            status: exchange.status,
            duration: exchange.duration,
            identity: exchange.caller?.identity,
            client: exchange.client
        )
        record.tokenID = exchange.caller?.tokenID
        record.traceID = exchange.trace?.traceID
        record.tool = exchange.tool
        record.bytesIn = exchange.bytesIn
        record.bytesOut = exchange.bytesOut
        record.aborted = aborted
        record.refusal = refusal
        loop.services.log.record(record)
    }
}
