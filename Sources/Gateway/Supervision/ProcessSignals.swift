import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The signals that the gateway reacts to, as a sequence.
final class ProcessSignals: Sendable {
    /// One signal.
    enum Event: Sendable {
        /// SIGTERM or SIGINT.
        case stop
        /// SIGHUP.
        case reload
    }

    /// The signals in the order in which they came.
    let events: AsyncStream<Event>
    /// Only kept: a source without an owner would catch nothing.
    private let sources: Mutex<[any DispatchSourceSignal]>

    /// Catches the signals from now on.
    init() {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        sources = Mutex(
            [(SIGTERM, Event.stop), (SIGINT, .stop), (SIGHUP, .reload)].map { number, event in
                #if canImport(Darwin)
                    unsafe signal(number, SIG_IGN)
                #endif
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { continuation.yield(event) }
                source.activate()
                return source
            }
        )
    }
}
