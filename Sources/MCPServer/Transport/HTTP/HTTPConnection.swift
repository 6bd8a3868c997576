import Hummingbird
import NIOCore

/// What the responder knows of the connection that a request came on.
struct HTTPConnection: InitializableFromSource, Sendable {
    /// The connection's channel.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }

    /// The peer's address for logs; nil on a Unix socket.
    var peer: String? { channel.remoteAddress?.ipAddress }

    /// Does something when the client goes away before the registration is ended; at once when it is gone already.
    func whenGone(_ act: @escaping @Sendable () -> Void) -> Registration {
        let channel = channel
        let id = channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: DisconnectHandler.self).add(act)
        }
        // A closed channel has lost its handlers.
        id.whenFailure { _ in act() }
        return Registration(channel: channel, id: id)
    }

    /// What was registered.
    struct Registration: Sendable {
        fileprivate let channel: any Channel
        fileprivate let id: EventLoopFuture<Int>

        /// Ends it.
        func end() {
            let channel = channel
            id.whenSuccess { id in
                (try? channel.pipeline.syncOperations.handler(type: DisconnectHandler.self))?.remove(id)
            }
        }
    }
}
