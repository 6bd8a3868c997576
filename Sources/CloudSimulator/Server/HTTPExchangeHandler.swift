import HuaweiCloud
import NIOCore
import NIOHTTP1

/// Collects a request, has the simulator answer it and writes the answer, one at a time per connection.
final class HTTPExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What the vendor's API gateway takes as a body.
    static let maximumBodyBytes = 12 << 20

    private let simulator: Simulator
    private var state = State.idle

    /// Where a request stands.
    private enum State {
        case idle
        case receiving(HTTPRequestHead, ByteBuffer)
        /// The body was too large and is read to its end only.
        case discarding(HTTPRequestHead)
    }

    /// A handler of one connection.
    init(simulator: Simulator) { self.simulator = simulator }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), _):
            state = .receiving(head, ByteBuffer())
        case (.body(var part), .receiving(let head, var body)):
            state = .idle
            if body.readableBytes + part.readableBytes > Self.maximumBodyBytes {
                state = .discarding(head)
            } else {
                body.writeBuffer(&part)
                state = .receiving(head, body)
            }
        case (.body, _): break
        case (.end, .receiving(let head, let body)):
            state = .idle
            deliver(simulator.receive(request(head, body, context)), head, context)
        case (.end, .discarding(let head)):
            state = .idle
            write(simulator.refuseBody(), head, context)
        case (.end, .idle): break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func request(_ head: HTTPRequestHead, _ body: ByteBuffer, _ context: ChannelHandlerContext) -> APIRequest {
        APIRequest(
            method: head.method.rawValue,
            target: head.uri,
            headers: HeaderList(head.headers.map { HeaderField(name: $0.name, value: $0.value) }),
            body: Array(body.readableBytesView),
            peer: context.remoteAddress?.ipAddress ?? ""
        )
    }

    private func deliver(_ delivery: Delivery, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let delay: Int64
        switch delivery {
        case .answer(_, let milliseconds), .drop(let milliseconds): delay = milliseconds
        }
        guard delay > 0 else { return perform(delivery, head, context) }
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(delay)) { self.perform(delivery, head, context) }
    }

    private func perform(_ delivery: Delivery, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        switch delivery {
        case .answer(let reply, _): write(reply, head, context)
        case .drop: context.close(promise: nil)
        }
    }

    private func write(_ reply: APIReply, _ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var fields = HTTPHeaders()
        for field in reply.headers { fields.add(name: field.name, value: field.value) }
        let mayHaveBody = reply.status != 204 && reply.status != 304
        if mayHaveBody { fields.replaceOrAdd(name: "Content-Length", value: String(reply.body.count)) }
        if !head.isKeepAlive { fields.replaceOrAdd(name: "Connection", value: "close") }
        let response = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status), headers: fields)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if mayHaveBody, head.method != .HEAD, !reply.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        }
        if head.isKeepAlive {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        } else {
            let done = context.eventLoop.makePromise(of: Void.self)
            done.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: done)
        }
    }
}
