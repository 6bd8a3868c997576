import NIOCore

/// Notices that a client has gone away while its request is served; the HTTP library would tell only when something is written.
final class DisconnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private var actions: [Int: @Sendable () -> Void] = [:]
    private var nextID = 0
    private var isGone = false

    /// Registers what to do; does it at once when the client is gone already.
    ///
    /// Only on the event loop.
    func add(_ act: @escaping @Sendable () -> Void) -> Int {
        nextID += 1
        if isGone { act() } else { actions[nextID] = act }
        return nextID
    }

    /// Forgets it again.
    ///
    /// Only on the event loop.
    func remove(_ id: Int) { actions[id] = nil }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { fire() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fire()
        context.fireChannelInactive()
    }

    private func fire() {
        isGone = true
        let due = actions
        actions = [:]
        for act in due.values { act() }
    }
}
