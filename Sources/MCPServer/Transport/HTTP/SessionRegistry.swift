import AuthCommon
import MCP
import Synchronization

/// The sessions of one listener: bounded in all and per caller, ended when idle, found only by those whom they belong to.
final class SessionRegistry: Sendable {
    /// A session with its event streams.
    struct Member: Sendable {
        let session: LegacySession
        let streams: SessionStreams

        /// Whether somebody reads from it, runs something in it, or waits for it.
        ///
        /// An HTTP+SSE session is its stream and ends with it.
        fileprivate var isInUse: Bool { !streams.isNumbered || session.isBusy || streams.own.hasReader || streams.holdsAnswers }

        fileprivate func end() {
            session.close()
            streams.finish()
        }
    }

    /// Why a session cannot be opened.
    typealias Refusal = SessionTable<Member>.Refusal

    private let table: Mutex<SessionTable<Member>>
    private let idleTime: Duration

    init(limit: Int, limitPerOwner: Int, idleTime: Duration) {
        table = Mutex(SessionTable(limit: limit, limitPerOwner: limitPerOwner))
        self.idleTime = idleTime
    }

    /// A session of a caller that nobody can find yet.
    ///
    /// - Parameter numbered: Whether the events of its streams have ids, so that they can be resumed.
    static func make(for identity: Identity, numbered: Bool) -> Member {
        let streams = SessionStreams(numbered: numbered)
        return Member(session: LegacySession(id: makeID(), owner: identity, outlet: streams.own), streams: streams)
    }

    /// Lets a caller's session in; where that takes it, an idle one is ended.
    ///
    /// - Throws: when there are too many; the session that was to come in has ended then.
    func admit(_ member: Member, of identity: Identity, now: ContinuousClock.Instant = .now) throws(Refusal) {
        let owner = SessionOwner(identity)
        let outcome = table.withLock { table in
            Result { () throws(Refusal) in
                try table.add(member.session.id, member, of: owner, now: now) { $0.isInUse }
            }
        }
        switch outcome {
        case .success(let ended): ended?.end()
        case .failure(let refusal):
            member.end()
            throw refusal
        }
    }

    /// Opens a session for a caller.
    func open(
        for identity: Identity,
        numbered: Bool,
        now: ContinuousClock.Instant = .now
    ) throws(Refusal) -> (LegacySession, SessionStreams) {
        let member = Self.make(for: identity, numbered: numbered)
        try admit(member, of: identity, now: now)
        return (member.session, member.streams)
    }

    /// The session of that id, if it belongs to the caller.
    ///
    /// A foreign one is as good as none.
    ///
    /// - Parameter holding: Whether it makes no room for others until `release`.
    func session(
        _ id: String,
        for identity: Identity,
        holding: Bool = false,
        now: ContinuousClock.Instant = .now
    ) -> (LegacySession, SessionStreams)? {
        let owner = SessionOwner(identity)
        return table.withLock { $0.use(id, by: owner, now: now, holding: holding) }.map { ($0.session, $0.streams) }
    }

    /// A request no longer holds a session.
    func release(_ session: LegacySession) { table.withLock { $0.release(session.id) } }

    /// Ends a session and everything that runs in it.
    func close(_ id: String) { table.withLock { $0.remove(id) }?.end() }

    /// Ends the sessions that nobody has used for the idle time, reads from or waits for.
    func sweep(now: ContinuousClock.Instant = .now) {
        let idle = table.withLock { table in
            table.expire(idleTime, now: now) { $0.streams.own.hasReader || $0.session.isBusy }
        }
        for member in idle { member.end() }
    }

    /// Keeps the sessions' own streams alive.
    func keepAlive(after silence: Duration) {
        for member in table.withLock({ $0.contents }) { member.streams.own.keepAlive(after: silence) }
    }

    /// Whether a request runs anywhere.
    var isBusy: Bool { table.withLock { $0.contents.contains { $0.session.isBusy } } }

    /// How many sessions there are.
    var count: Int { table.withLock { $0.count } }

    /// Whether nothing is left, not even a count.
    var isEmpty: Bool { table.withLock { $0.isEmpty } }

    /// Ends everything.
    func closeAll() {
        for id in table.withLock({ $0.ids }) { close(id) }
    }

    /// 128 bits from the system's cryptographic source, as 32 hexadecimal digits.
    private static func makeID() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        let bytes = (0..<32).map { _ in digits[Int(generator.next(upperBound: UInt8(16)))] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
