import HTTPTypes
import Hummingbird
import NIOCore

/// Writes event streams to connections.
struct StreamingResponse: Sendable {
    let connection: HTTPConnection
    let keepAlive: Duration

    /// A stream from its beginning or from behind an event, until it ends or the client goes away.
    ///
    /// - Parameter onEnd: Called once, whatever ended the connection, also when nothing could be written to it.
    func make(
        _ stream: EventStream,
        after number: Int? = nil,
        headers: HTTPFields = [:],
        onEnd: @escaping @Sendable () -> Void = {}
    ) -> Response {
        // Attached now, not when the body is written: what is sent in between must not be lost.
        let (events, reader) = stream.attach(after: number)
        let ending = OneTimeAction {
            stream.detach(reader)
            onEnd()
        }
        // Registered now for the same reason: the body of a response to a client that is gone is never written.
        let gone = connection.whenGone { ending.perform() }
        return .eventStream(headers: headers) { writer in
            let silence = TimeAmount(keepAlive)
            let beat = connection.channel.eventLoop.scheduleRepeatedTask(initialDelay: silence, delay: silence) { _ in
                stream.keepAlive(after: keepAlive)
            }
            defer {
                beat.cancel()
                gone.end()
                ending.perform()
            }
            // Headers go out with the first bytes; a client that waits for them must not wait for an event.
            try await writer.write(ByteBuffer())
            for await event in events {
                try await writer.write(event)
                stream.sent(event, by: reader)
            }
            try await writer.finish(nil)
        }
    }
}
