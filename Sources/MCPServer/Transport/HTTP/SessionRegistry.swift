import AuthCommon
import DequeModule
import MCP
import Synchronization

/// The sessions of one listener: bounded, ended when idle, found only by those whom they belong to.
final class SessionRegistry: Sendable {
    private struct Entry {
        let session: LegacySession
        let streams: SessionStreams
        var lastUse: ContinuousClock.Instant
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let limit: Int
    private let idleTime: Duration

    init(limit: Int, idleTime: Duration) {
        self.limit = limit
        self.idleTime = idleTime
    }

    /// Opens a session for a caller; nil when there are too many.
    ///
    /// - Parameter numbered: Whether the events of its streams have ids, so that they can be resumed.
    func open(for identity: Identity, numbered: Bool, now: ContinuousClock.Instant = .now) -> (LegacySession, SessionStreams)? {
        let streams = SessionStreams(numbered: numbered)
        let session = LegacySession(id: Self.makeID(), owner: identity, outlet: streams.own)
        return entries.withLock { entries in
            guard entries.count < limit else { return nil }
            entries[session.id] = Entry(session: session, streams: streams, lastUse: now)
            return (session, streams)
        }
    }

    /// The session of that id, if it belongs to the caller.
    ///
    /// A foreign one is as good as none.
    func session(_ id: String, for identity: Identity, now: ContinuousClock.Instant = .now) -> (LegacySession, SessionStreams)? {
        entries.withLock { entries in
            guard let entry = entries[id], entry.session.belongs(to: identity) else { return nil }
            entries[id]?.lastUse = now
            return (entry.session, entry.streams)
        }
    }

    /// Ends a session and everything that runs in it.
    func close(_ id: String) {
        guard let entry = entries.withLock({ $0.removeValue(forKey: id) }) else { return }
        entry.session.close()
        entry.streams.finish()
    }

    /// Ends the sessions that nobody has used for the idle time, reads from or waits for.
    func sweep(now: ContinuousClock.Instant = .now) {
        let idle = entries.withLock { entries in
            entries.values.filter { $0.lastUse.duration(to: now) > idleTime && !$0.streams.own.hasReader && !$0.session.isBusy }
                .map(\.session.id)
        }
        for id in idle { close(id) }
    }

    /// Keeps the sessions' own streams alive.
    func keepAlive(after silence: Duration) {
        for streams in entries.withLock({ entries in entries.values.map(\.streams) }) { streams.own.keepAlive(after: silence) }
    }

    /// Whether a request runs anywhere.
    var isBusy: Bool { entries.withLock { entries in entries.values.contains { $0.session.isBusy } } }

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
