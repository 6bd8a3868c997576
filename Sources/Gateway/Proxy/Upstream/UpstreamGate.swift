import Synchronization

/// Lets requests through to one service's server: not while its circuit is open, and not more than so many at a time.
///
/// Any thread. Whoever is let through says what came of it with the ``UpstreamPass``; what runs is never ended from here.
final class UpstreamGate: Sendable {
    /// Why a request is not let through.
    enum Closed: Error, Sendable, Hashable {
        /// The circuit is open; so many seconds may help.
        case circuit(after: Double)
        /// There are as many requests and streams as may be.
        case connections
    }

    /// A change of the circuit.
    struct Change: Sendable, Hashable {
        /// The state before.
        let from: CircuitState
        /// The state now.
        let to: CircuitState
        /// The last failure, as `upstream-unreachable` or `upstream-timeout`.
        let failure: String?
    }

    /// What `/metrics` and `/status` show.
    struct Figures: Sendable, Hashable {
        /// Whether requests go to the server.
        var circuit = CircuitState.closed
        /// How often the circuit opened.
        var openings = 0
        /// Requests refused because it was.
        var circuitRejections = 0
        /// Requests and streams that run.
        var connections = 0
        /// How many may.
        var connectionLimit: Int?
        /// Requests refused because so many did.
        var limitRejections = 0
        /// The last failure that counted against the server.
        var lastFailure: String?
    }

    private struct State {
        var circuit = CircuitBreaker()
        var rules: CircuitBreaker.Rules
        var figures = Figures()
    }

    private let state: Mutex<State>
    private let onChange: @Sendable (Change) -> Void

    /// A gate that is open.
    ///
    /// - Parameter onChange: Called after each change of the circuit.
    init(_ limits: UpstreamLimits = UpstreamLimits(), onChange: @escaping @Sendable (Change) -> Void = { _ in }) {
        self.onChange = onChange
        state = Mutex(State(rules: limits.rules, figures: Figures(connectionLimit: limits.connections)))
    }

    /// What has happened so far.
    var figures: Figures {
        state.withLock { state in
            var figures = state.figures
            figures.circuit = state.circuit.state
            return figures
        }
    }

    /// Whether requests go to the server as usual.
    var isCircuitClosed: Bool { state.withLock { $0.circuit.state == .closed } }

    /// Other limits are in force for the requests that come from now on.
    func apply(_ limits: UpstreamLimits) {
        state.withLock { state in
            state.rules = limits.rules
            state.figures.connectionLimit = limits.connections
        }
    }

    /// A request comes.
    ///
    /// - Parameter now: Seconds since 1970.
    func enter(now: Double) throws(Closed) -> UpstreamPass {
        let result = change { state -> Result<CircuitBreaker.Ticket, Closed> in
            if let limit = state.figures.connectionLimit, state.figures.connections >= limit {
                state.figures.limitRejections += 1
                return .failure(.connections)
            }
            switch state.circuit.admit(at: now, state.rules) {
            case .passes(let ticket):
                state.figures.connections += 1
                return .success(ticket)
            case .refused(let delay):
                state.figures.circuitRejections += 1
                return .failure(.circuit(after: delay))
            }
        }
        return UpstreamPass(gate: self, ticket: try result.get())
    }

    /// The server answered a health check.
    func becameHealthy() { change { $0.circuit.becameHealthy() } }

    /// Another server has taken the place of this one.
    func replaceServer() { change { $0.circuit.replaceServer() } }

    // MARK: For the pass

    /// The server began to answer.
    func answered(_ ticket: CircuitBreaker.Ticket) { change { $0.circuit.answered(ticket) } }

    /// The server failed.
    func failed(_ ticket: CircuitBreaker.Ticket, _ reason: String, now: Double) {
        change { state in
            state.figures.lastFailure = reason
            state.circuit.failed(ticket, at: now, state.rules)
        }
    }

    /// The request is over.
    ///
    /// - Parameter ticket: That of a request of which nothing else is known.
    func leave(_ ticket: CircuitBreaker.Ticket?) {
        state.withLock { state in
            state.figures.connections -= 1
            if let ticket { state.circuit.abandoned(ticket) }
        }
    }

    /// Changes the state and tells about a change of the circuit, outside of the lock.
    private func change<Answer: Sendable>(_ body: (inout State) -> Answer) -> Answer {
        let (result, change) = state.withLock { state -> (Answer, Change?) in
            let before = state.circuit.state
            let result = body(&state)
            let after = state.circuit.state
            guard before != after else { return (result, nil) }
            if after == .open { state.figures.openings += 1 }
            return (result, Change(from: before, to: after, failure: state.figures.lastFailure))
        }
        if let change { onChange(change) }
        return result
    }
}
