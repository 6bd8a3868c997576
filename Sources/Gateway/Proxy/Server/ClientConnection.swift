import NIOCore

/// A connection of a client: reads requests one after the other, has each decided, forwarded or answered, and writes the responses in the
/// same order.
///
/// Confined to its event loop. The next head is looked at only when the exchange before it is over, so pipelined requests wait in the
/// kernel's buffers as soon as the gateway's own bound is reached.
final class ClientConnection: ProxyConnection {
    /// What the bytes that come in are.
    enum Phase {
        /// A head, or nothing yet.
        case head
        /// The body of the running request, or pipelined requests.
        case exchange
        /// The rest of a body that nobody wants; another request follows.
        case discarding
        /// Nothing any more: the response is on its way, and the client is given time to read it (RFC 9112 §9.6).
        case lingering
    }

    /// Bytes that may wait behind a running request.
    static let pipelineLimit = 65_536
    /// Bytes of an unwanted body that are read for the sake of keeping the connection.
    static let discardLimit = 65_536
    /// Bytes that are read after a final response, so that the client can read it before the connection is reset.
    static let lingerLimit = 16_777_216
    /// Seconds for the same.
    static let lingerTimeout = 5
    /// Seconds between two requests.
    static let idleTimeout = 120
    /// Seconds for which a client may take nothing of a response that waits for it.
    static let stallTimeout = 300

    /// Who is connected.
    let peer: PeerAddress
    /// The place in the loop's list.
    ///
    /// Only the loop touches this.
    var index = -1

    /// What the bytes that come in are.
    private(set) var phase = Phase.head
    /// The running request.
    private(set) var exchange: Exchange?
    /// Bytes of a response that go out together.
    var output = ByteBuffer()
    /// Whether something was written to the channel that is not flushed.
    var hasUnflushed = false
    /// What is due before the end of the token, if anything.
    var activityDeadline: UInt64?
    /// When the token of a stream ends.
    var expiryDeadline: UInt64?
    /// When the request, which is no stream, must be over.
    var totalDeadline: UInt64?
    /// When the client, who does not read, is given up.
    var stallDeadline: UInt64?

    private var scanner = HeadScanner()
    private var isProcessing = false
    private var isFirst = true
    private var discardBudget = 0
    private var discarded = BodyDecoder(.none)

    /// A connection from that peer.
    init(loop: ProxyLoop, peer: PeerAddress) {
        self.peer = peer
        super.init(loop: loop)
    }

    // MARK: Channel

    override func handlerAdded(context: ChannelHandlerContext) {
        super.handlerAdded(context: context)
        loop.add(self)
        loop.services.log.connectionOpened()
        armActivity(after: loop.services.configuration.current.limits.headerTimeout)
    }

    override func handlerRemoved(context: ChannelHandlerContext) {
        super.handlerRemoved(context: context)
        loop.remove(self)
        loop.services.log.connectionClosed()
    }

    override func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        if phase == .lingering {
            discardBudget -= buffer.readableBytes
            if discardBudget < 0 { closeNow() }
            return
        }
        append(buffer)
        process()
    }

    override func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        stallDeadline = nil
        exchange?.upstream?.resumeReading()
    }

    override func channelInactive(context: ChannelHandlerContext) {
        phase = .lingering
        guard let exchange else { return }
        self.exchange = nil
        cancelUpstream(exchange)
        finishStream(exchange)
        record(exchange, aborted: true)
    }

    // MARK: Reading

    /// Goes on with the bytes that are there, as far as the running request allows.
    func process() {
        guard !isProcessing else { return }
        isProcessing = true
        defer { isProcessing = false }
        while true {
            let goesOn =
                switch phase {
                case .head: readHead()
                case .exchange: readBody()
                case .discarding: discard()
                case .lingering: false
                }
            if !goesOn { break }
        }
        releaseInbound()
    }

    /// Reads one head and begins its exchange; false when there is none yet.
    private func readHead() -> Bool {
        skipEmptyLine()
        guard inbound.readableBytes > 0 else { return false }
        let limits = loop.services.configuration.current.limits
        let limit = limits.headerBytes ?? .max
        let isBeginning = scanner.isAtStart
        let unread = inbound
        switch scanner.scan(unread.readableBytesUInt8Span) {
        case .bareLineFeed:
            refuseHead(.malformed(.bareLineFeed))
        case .incomplete:
            if scanner.firstLine == nil, inbound.readableBytes > Limits.targetBytes + 64 {
                refuseHead(.malformed(.targetTooLong))
            } else if inbound.readableBytes - (scanner.firstLine ?? inbound.readableBytes) > limit {
                refuseHead(.tooLarge)
            } else if isBeginning, !isFirst {
                armActivity(after: limits.headerTimeout)
            }
            return false
        case .complete(let count):
            let isTooLarge = count - (scanner.firstLine ?? 0) > limit
            scanner = HeadScanner()
            guard !isTooLarge, let bytes = inbound.readSlice(length: count) else {
                refuseHead(.tooLarge)
                return false
            }
            isFirst = false
            do throws(MalformedHead) {
                let head = try RequestHead(bytes.readableBytesUInt8Span, &loop.table)
                activityDeadline = nil
                phase = .exchange
                begin(bytes, head)
            } catch {
                refuseHead(.malformed(error))
            }
        }
        return true
    }

    /// Some clients send an empty line after a body; RFC 9112 §2.2 asks to be lenient about one.
    private func skipEmptyLine() {
        guard !isFirst, scanner.isAtStart, inbound.readableBytes >= 2,
            inbound.getInteger(at: inbound.readerIndex, as: UInt16.self) == 0x0D0A
        else { return }
        inbound.moveReaderIndex(forwardBy: 2)
    }

    private func readBody() -> Bool {
        guard let exchange else { return false }
        if !exchange.isSent { pumpBody(exchange) }
        guard phase == .exchange else { return true }
        if inbound.readableBytes >= Self.pipelineLimit { pauseReading() }
        return false
    }

    /// Reads on in a body that nobody wants; false when more bytes are needed.
    private func discard() -> Bool {
        do throws(MalformedBody) {
            switch try discarded.next(&inbound) {
            case .data(let slice):
                discardBudget -= slice.readableBytes
                if discardBudget < 0 { linger() }
            case .needsMore:
                return false
            case .end:
                becomeIdle()
            }
        } catch {
            linger()
        }
        return true
    }

    // MARK: The course of an exchange

    /// An exchange begins.
    func start(_ exchange: Exchange) { self.exchange = exchange }

    /// The response is written.
    ///
    /// The connection goes on with the next request, or ends.
    func end(_ exchange: Exchange, closes: Bool) {
        guard self.exchange === exchange else { return }
        self.exchange = nil
        expiryDeadline = nil
        totalDeadline = nil
        stallDeadline = nil
        if closes || loop.isDraining {
            linger()
        } else if exchange.body.isDone {
            becomeIdle()
        } else {
            phase = .discarding
            discarded = exchange.body
            discardBudget = Self.discardLimit
            armActivity(after: exchange.limits.bodyTimeout)
        }
        resumeReading()
        process()
    }

    /// Whether the connection cannot go on after this response, because too much of the request's body is still to come.
    func mustClose(after exchange: Exchange) -> Bool {
        if !exchange.keepsAlive || loop.isDraining { return true }
        if exchange.body.isDone { return false }
        if exchange.expectsContinue { return true }
        return (exchange.body.remaining ?? 0) > Self.discardLimit
    }

    private func becomeIdle() {
        phase = .head
        if loop.isDraining { return linger() }
        armActivity(after: Self.idleTimeout)
    }

    /// Closes this side of the connection when everything is written, and the whole of it when the client has had time to read it.
    func linger() {
        guard phase != .lingering, let context else { return }
        phase = .lingering
        inbound = ByteBuffer()
        discardBudget = Self.lingerLimit
        expiryDeadline = nil
        totalDeadline = nil
        stallDeadline = nil
        // What is written has to be read before this side can be closed.
        armActivity(after: Self.stallTimeout)
        flushOutput()
        resumeReading()
        let closed = context.eventLoop.makePromise(of: Void.self)
        closed.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success: self.armActivity(after: Self.lingerTimeout)
            case .failure: self.closeNow()
            }
        }
        context.close(mode: .output, promise: closed)
    }

    /// Ends the connection so that the client sees that the response is not complete.
    func tear(_ exchange: Exchange) {
        guard self.exchange === exchange else { return }
        self.exchange = nil
        phase = .lingering
        cancelUpstream(exchange)
        finishStream(exchange)
        record(exchange, aborted: true)
        flushOutput()
        if exchange.responseFraming == .untilEnd { context?.channel.resetOnClose() }
        closeNow()
    }

    /// The gateway shuts down: streams end at once, idle connections too.
    func beginDraining() {
        guard let exchange else {
            if phase == .head { linger() }
            return
        }
        exchange.keepsAlive = false
        if exchange.stream != nil { endStream(exchange, .draining) }
    }

    // MARK: Deadlines

    /// Sets what is due next, in seconds from now; nil for nothing.
    func armActivity(after seconds: Int?) {
        activityDeadline = loop.tick(after: seconds)
        updateDeadline()
    }

    /// The connection's deadline is the earliest one.
    func updateDeadline() {
        var earliest = activityDeadline ?? .max
        if let expiryDeadline { earliest = min(earliest, expiryDeadline) }
        if let totalDeadline { earliest = min(earliest, totalDeadline) }
        if let stallDeadline { earliest = min(earliest, stallDeadline) }
        setDeadline(earliest == .max ? nil : earliest)
    }

    override func deadlineReached() {
        if let exchange {
            deadlineReached(of: exchange)
            return
        }
        switch phase {
        case .head where !isFirst && scanner.isAtStart: linger()
        case .head: refuseHead(.timeout)
        case .discarding: linger()
        case .exchange, .lingering: closeNow()
        }
    }
}
