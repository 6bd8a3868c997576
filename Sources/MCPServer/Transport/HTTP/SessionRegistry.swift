import AuthCommon
import Synchronization

/// The sessions of one listener: bounded, ended when idle, found only by those whom they belong to.
final class SessionRegistry: Sendable {
    private struct Entry {
        let session: LegacySession
        let outbox: EventOutbox
        var lastUse: ContinuousClock.Instant
        var hasStream = false
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let limit: Int
    private let idleTime: Duration

    init(limit: Int, idleTime: Duration) {
        self.limit = limit
        self.idleTime = idleTime
    }

    /// Opens a session for a caller; nil when there are too many.
    func open(for identity: Identity, now: ContinuousClock.Instant = .now) -> LegacySession? {
        let session = LegacySession(id: Self.makeID(), owner: identity)
        return entries.withLock { entries in
            guard entries.count < limit else { return nil }
            entries[session.id] = Entry(session: session, outbox: EventOutbox(), lastUse: now)
            return session
        }
    }

    /// The session of that id, if it belongs to the caller.
    ///
    /// A foreign one is as good as none.
    func session(_ id: String, for identity: Identity, now: ContinuousClock.Instant = .now) -> LegacySession? {
        entries.withLock { entries in
            guard let entry = entries[id], entry.session.belongs(to: identity) else { return nil }
            entries[id]?.lastUse = now
            return entry.session
        }
    }

    /// Takes the session's own stream for as long as the client holds it; nil when another one holds it.
    func takeStream(_ id: String) -> EventOutbox? {
        entries.withLock { entries in
            guard let entry = entries[id], !entry.hasStream else { return nil }
            entries[id]?.hasStream = true
            return entry.outbox
        }
    }

    /// Gives the stream back: the next one starts with an empty outbox.
    func releaseStream(_ id: String, now: ContinuousClock.Instant = .now) {
        entries.withLock { entries in
            guard let entry = entries[id] else { return }
            entries[id] = Entry(session: entry.session, outbox: EventOutbox(), lastUse: now)
        }
    }

    /// The stream's outbox, for answers that travel on it.
    func outbox(_ id: String) -> EventOutbox? { entries.withLock { $0[id]?.outbox } }

    /// Ends a session and everything that runs in it.
    func close(_ id: String) {
        guard let entry = entries.withLock({ $0.removeValue(forKey: id) }) else { return }
        entry.session.close()
        entry.outbox.finish()
    }

    /// Ends the sessions that nobody has used for the idle time, has a stream of or waits for.
    func sweep(now: ContinuousClock.Instant = .now) {
        let idle = entries.withLock { entries in
            entries.values.filter { !$0.hasStream && $0.lastUse.duration(to: now) > idleTime && !$0.session.isBusy }.map(\.session.id)
        }
        for id in idle { close(id) }
    }

    /// Keeps open streams alive.
    func keepAlive(after silence: Duration) {
        for outbox in entries.withLock({ entries in entries.values.filter(\.hasStream).map(\.outbox) }) {
            outbox.keepAlive(after: silence)
        }
    }

    /// Whether a request runs anywhere.
    var isBusy: Bool { entries.withLock { entries in entries.values.contains { $0.session.isBusy } } }

    /// Ends all streams, so that their connections can close.
    func finishStreams() {
        for outbox in entries.withLock({ entries in entries.values.map(\.outbox) }) { outbox.finish() }
    }

    /// Ends everything.
    func closeAll() {
        for id in entries.withLock({ Array($0.keys) }) { close(id) }
    }

    /// 128 bits from the system's cryptographic source, as 32 hexadecimal digits.
    private static func makeID() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        let bytes = (0..<32).map { _ in digits[Int(generator.next(upperBound: UInt8(16)))] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
