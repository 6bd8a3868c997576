import NIOCore

/// A connection to an upstream: writes requests, reads responses, and is kept for the next request when the last one left it clean.
///
/// Confined to its event loop. Whatever it tells its client may end this exchange; the state is looked at again after every call.
final class UpstreamConnection: ProxyConnection {
    private enum State { case connecting, idle, busy, closed }

    /// More bytes of a response head than this are refused (gateway.md §9.5).
    static let headLimit = 65_536
    /// Seconds that a free connection is kept.
    static let idleTimeout = 60

    /// Where it leads.
    let address: UpstreamAddress
    /// Whose request it carries.
    private(set) var client: ClientConnection?
    /// Whether it has carried a request before this one.
    private(set) var isReused = false

    private var state = State.connecting
    private var scanner = HeadScanner()
    private var body: BodyDecoder?
    private var keepsAlive = false
    /// Whether the connection was lost by an error, so that its end ends no body properly.
    private var isBroken = false
    /// Set while the first bytes of a request are being written.
    private var isBeginning = false

    /// A connection that is being opened for a client.
    init(loop: ProxyLoop, address: UpstreamAddress, client: ClientConnection) {
        self.address = address
        self.client = client
        super.init(loop: loop)
    }

    /// Whether the connection can be written to.
    var isOpen: Bool { state == .idle || state == .busy }

    // MARK: For the client connection

    /// The connection is open.
    ///
    /// The client sends its request, unless it has gone.
    func didConnect() {
        guard state == .connecting else { return closeNow() }
        state = .idle
        guard let client else { return release(clean: true) }
        state = .busy
        client.upstreamDidConnect(self)
    }

    /// There is no connection.
    func didFailToConnect(_ error: any Error) {
        state = .closed
        guard let client = detach() else { return }
        client.upstreamDidFail(self, UpstreamFailure(connecting: error), isConnecting: true)
    }

    /// Begins another request on a free connection.
    func begin(for client: ClientConnection) {
        self.client = client
        state = .busy
        isReused = true
        setDeadline(nil)
    }

    /// Writes bytes of the request; they go out with the next flush.
    func write(_ buffer: ByteBuffer) { context?.write(wrapOutboundOut(buffer), promise: nil) }

    /// Sends what was written.
    func flush() { context?.flush() }

    /// Sends the first bytes of a request.
    ///
    /// - Returns: False when the connection turned out to be dead and none of the bytes was sent. The client is told nothing else then.
    func flushFirst() -> Bool {
        isBeginning = true
        context?.flush()
        isBeginning = false
        return state == .busy
    }

    /// The client has no more interest: the upstream sees its end at once.
    func cancel() {
        client = nil
        body = nil
        switch state {
        case .connecting:
            // Ends the attempt, too: those that nobody waits for would not be counted.
            guard context != nil else { break }
            state = .closed
            closeNow()
        case .closed: break
        case .idle, .busy: end()
        }
    }

    /// Ends the connection, whatever it is doing.
    private func end() {
        if state == .idle { loop.forget(self) }
        state = .closed
        closeNow()
    }

    // MARK: Reading

    override func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state == .busy else {
            // Nothing was asked: whatever this is, it must not become the answer to the next request.
            return end()
        }
        append(unwrapInboundIn(data))
        readResponse()
    }

    override func channelReadComplete(context: ChannelHandlerContext) {
        client?.upstreamDidReadComplete()
    }

    override func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { client?.upstreamDidBecomeWritable() }
    }

    private func readResponse() {
        while state == .busy, let client {
            if body == nil {
                guard readHead(client) else { break }
            } else {
                guard readBody(client) else { break }
            }
        }
        releaseInbound()
    }

    /// Reads one head; false when there is none yet, or it was refused.
    private func readHead(_ client: ClientConnection) -> Bool {
        let unread = inbound
        switch scanner.scan(unread.readableBytesUInt8Span) {
        case .incomplete:
            if inbound.readableBytes > Self.headLimit { fail(client, .invalidResponse("head-too-large")) }
            return false
        case .bareLineFeed:
            fail(client, .invalidResponse(MalformedHead.bareLineFeed.rawValue))
            return false
        case .complete(let count):
            scanner = HeadScanner()
            guard count <= Self.headLimit, let bytes = inbound.readSlice(length: count) else {
                fail(client, .invalidResponse("head-too-large"))
                return false
            }
            do throws(MalformedHead) {
                let head = try ResponseHead(bytes.readableBytesUInt8Span, &loop.table)
                if head.isInterim {
                    guard head.status != 101 else { throw .status }
                    return true
                }
                body = BodyDecoder(head.framing)
                keepsAlive = head.keepsAlive
                return client.upstreamDidSendHead(self, bytes, head)
            } catch {
                fail(client, .invalidResponse(error.rawValue))
                return false
            }
        }
    }

    /// Reads a piece of the body; false when there is none.
    private func readBody(_ client: ClientConnection) -> Bool {
        do throws(MalformedBody) {
            switch try body?.next(&inbound) {
            case .data(let slice)?:
                client.upstreamDidSendBody(self, slice)
                return true
            case .end?:
                finish()
                return false
            case .needsMore?, nil:
                return false
            }
        } catch {
            let client = detach()
            end()
            client?.upstreamDidBreak(error.rawValue)
            return false
        }
    }

    private func fail(_ client: ClientConnection, _ failure: UpstreamFailure) {
        _ = detach()
        end()
        client.upstreamDidFail(self, failure, isConnecting: false)
    }

    /// The response is complete.
    private func finish() {
        guard let client = detach() else { return }
        let isClean = keepsAlive && client.isRequestSent && inbound.readableBytes == 0
        release(clean: isClean)
        client.upstreamDidEnd()
    }

    /// Keeps the connection for another request if it is clean, and closes it otherwise.
    private func release(clean: Bool) {
        guard clean, context != nil else { return end() }
        state = .idle
        releaseInbound()
        resumeReading()
        setDeadline(loop.tick(after: Self.idleTimeout))
        loop.keep(self)
    }

    private func detach() -> ClientConnection? {
        defer {
            client = nil
            body = nil
        }
        return client
    }

    // MARK: The end

    override func deadlineReached() {
        if state == .idle { end() }
    }

    override func channelInactive(context: ChannelHandlerContext) {
        let wasIdle = state == .idle
        let wasBusy = state == .busy
        state = .closed
        if wasIdle { loop.forget(self) }
        guard wasBusy else { return }
        if isBeginning, body == nil, inbound.readableBytes == 0 {
            // The first write failed, and nothing came back: flushFirst() tells.
            client = nil
            return
        }
        let endsProperly = body?.endsWithConnection == true && !isBroken
        let hasHead = body != nil
        guard let client = detach() else { return }
        if !hasHead {
            client.upstreamDidFail(self, .unreachable, isConnecting: false)
        } else if endsProperly {
            client.upstreamDidEnd()
        } else {
            client.upstreamDidBreak("connection-lost")
        }
    }

    override func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isBroken = true
        context.close(promise: nil)
    }
}
