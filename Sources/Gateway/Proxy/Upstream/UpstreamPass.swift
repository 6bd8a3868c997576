/// The right of one request to be with a server, which it gives back when it is over.
struct UpstreamPass: Sendable {
    private let gate: UpstreamGate
    /// Nil once it is known what came of the request.
    private var ticket: CircuitBreaker.Ticket?

    /// A pass of this gate.
    init(gate: UpstreamGate, ticket: CircuitBreaker.Ticket) {
        self.gate = gate
        self.ticket = ticket
    }

    /// The server began to answer.
    ///
    /// Only the first of these two counts.
    mutating func answered() {
        guard let ticket else { return }
        self.ticket = nil
        gate.answered(ticket)
    }

    /// The server failed before it answered.
    ///
    /// - Parameter now: Seconds since 1970.
    mutating func failed(_ reason: String, now: Double) {
        guard let ticket else { return }
        self.ticket = nil
        gate.failed(ticket, reason, now: now)
    }

    /// The request is over.
    ///
    /// Once for each pass.
    func leave() { gate.leave(ticket) }
}
