import NIOCore

/// What both ends of the data path have in common: reading that can be paused, and one deadline.
///
/// Confined to its event loop.
class ProxyConnection: ChannelDuplexHandler, TimedNode {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The loop it lives on.
    final let loop: ProxyLoop
    /// The place in the channel's pipeline; nil before and after.
    private(set) final var context: ChannelHandlerContext?
    /// Bytes that have come in and are not used yet.
    ///
    /// Without a buffer of its own when there are none.
    final var inbound = ByteBuffer()

    final var place = TimerPlace()
    private(set) final var deadline: UInt64?

    private final var isPaused = false
    private final var isReadWanted = false

    /// A connection on a loop.
    init(loop: ProxyLoop) { self.loop = loop }

    /// Whether more can be written without the channel's buffer growing beyond its mark.
    final var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Sets the one deadline, in ticks of the loop's wheel; nil for none.
    final func setDeadline(_ tick: UInt64?) {
        deadline = tick
        if tick != nil { loop.wheel.schedule(self) }
    }

    /// Called when the deadline has come.
    ///
    /// The connection is in no wheel then.
    func deadlineReached() {}

    /// Stops reading: the peer is held up as soon as the kernel's buffers are full.
    final func pauseReading() { isPaused = true }

    /// Goes on reading.
    final func resumeReading() {
        guard isPaused else { return }
        isPaused = false
        guard isReadWanted else { return }
        isReadWanted = false
        context?.read()
    }

    /// Whether reading is paused.
    final var isReadingPaused: Bool { isPaused }

    /// The bytes that wait here: those that came in, and those that are written and not sent.
    final var bufferedBytes: Int {
        let unsent = try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)
        return inbound.readableBytes + (unsent ?? 0)
    }

    /// Adds what came in to what is there.
    final func append(_ buffer: ByteBuffer) {
        if inbound.readableBytes == 0 {
            inbound = buffer
        } else {
            inbound.writeImmutableBuffer(buffer)
        }
    }

    /// Gives the memory of used bytes back.
    final func releaseInbound() { if inbound.readableBytes == 0 { inbound = ByteBuffer() } }

    /// Closes the channel at once.
    ///
    /// What is not written yet is lost.
    final func closeNow() { context?.close(promise: nil) }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        loop.wheel.remove(self)
    }

    final func read(context: ChannelHandlerContext) {
        if isPaused { isReadWanted = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
    func channelReadComplete(context: ChannelHandlerContext) {}
    func channelWritabilityChanged(context: ChannelHandlerContext) {}
    func channelInactive(context: ChannelHandlerContext) {}
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
