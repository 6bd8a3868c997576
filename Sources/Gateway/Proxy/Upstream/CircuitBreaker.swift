/// Keeps requests away from an upstream that is dead or hangs, until it answers again.
///
/// Pure: it is told what happens and says what to do. Times are seconds of a clock; that it goes back does no harm.
///
/// | state | a request | an answer | a failure | nothing known | an answered health check |
/// |---|---|---|---|---|---|
/// | closed | passes | ends the series | at the limit: open | – | – |
/// | open, cooling down | is refused | closed | – | – | half-open |
/// | open, cooled down | probes: half-open | closed | – | – | half-open |
/// | half-open, probing | is refused | closed | of the probe: open | of the probe: the next one may probe | the next one may probe |
/// | half-open | probes | closed | – | – | – |
///
/// Any answer counts, also that of a request from before: the upstream is alive. Of failures only those of the present state count, so that
/// requests that were running when the circuit opened do not hold it open. What concerns a server that was replaced never counts.
struct CircuitBreaker: Sendable, Hashable {
    /// When it opens, and for how long.
    struct Rules: Sendable, Hashable {
        /// So many failures without an answer between them open the circuit; nil: it never opens.
        var failures: Int?
        /// Seconds until an open circuit lets a request through.
        var cooldown: Double
    }

    /// What a request was told; it is given back with what came of it.
    struct Ticket: Sendable, Hashable {
        fileprivate let server: UInt64
        fileprivate let period: UInt64
        fileprivate let isProbe: Bool
    }

    /// Whether a request may go to the upstream.
    enum Admission: Sendable, Hashable {
        /// It may.
        case passes(Ticket)
        /// Not now; so many seconds may help.
        case refused(after: Double)
    }

    /// Seconds that a request is asked to wait while another one probes.
    static let probeDelay = 1.0

    /// Whether requests go to the upstream.
    private(set) var state = CircuitState.closed
    /// Failures since the last answer, in the closed state.
    private(set) var failures = 0

    /// Counts servers: what concerns a former one does not count.
    private var server: UInt64 = 0
    /// Counts states: failures of a former one do not count.
    private var period: UInt64 = 0
    private var probesAt = 0.0
    private var isProbing = false

    /// A closed circuit.
    init() {}

    /// A request comes.
    mutating func admit(at now: Double, _ rules: Rules) -> Admission {
        // The rules may have changed since it opened.
        if rules.failures == nil, state != .closed { enter(.closed) }
        switch state {
        case .closed:
            return .passes(ticket(isProbe: false))
        case .open:
            probesAt = min(probesAt, now + rules.cooldown)
            guard now >= probesAt else { return .refused(after: probesAt - now) }
            enter(.halfOpen)
        case .halfOpen:
            guard !isProbing else { return .refused(after: Self.probeDelay) }
        }
        isProbing = true
        return .passes(ticket(isProbe: true))
    }

    /// The upstream began to answer, whatever it said.
    mutating func answered(_ ticket: Ticket) {
        guard ticket.server == server else { return }
        failures = 0
        if state != .closed { enter(.closed) }
    }

    /// The upstream could not be reached, went away before it answered, or did not answer in time.
    mutating func failed(_ ticket: Ticket, at now: Double, _ rules: Rules) {
        guard ticket.server == server, ticket.period == period else { return }
        switch state {
        case .closed:
            failures += 1
            if let limit = rules.failures, failures >= limit { open(until: now + rules.cooldown) }
        case .halfOpen:
            if ticket.isProbe { open(until: now + rules.cooldown) }
        case .open:
            break
        }
    }

    /// The request ended and nothing is known of the upstream: its client went away, or was refused for what it sent.
    mutating func abandoned(_ ticket: Ticket) {
        guard ticket.isProbe, ticket.server == server, ticket.period == period else { return }
        isProbing = false
    }

    /// The upstream answered a health check: a request may find out at once whether it does its work, too.
    mutating func becameHealthy() {
        switch state {
        case .closed: break
        case .open: enter(.halfOpen)
        case .halfOpen: isProbing = false
        }
    }

    /// Another server has taken the place of this one.
    mutating func replaceServer() {
        server &+= 1
        enter(.closed)
    }

    private mutating func open(until end: Double) {
        enter(.open)
        probesAt = end
    }

    private mutating func enter(_ next: CircuitState) {
        state = next
        period &+= 1
        failures = 0
        isProbing = false
    }

    private func ticket(isProbe: Bool) -> Ticket { Ticket(server: server, period: period, isProbe: isProbe) }
}
