/// What one service's server is spared and how soon it is given up; the same for all services unless one has its own.
struct UpstreamLimits: Sendable, Hashable {
    /// Requests and streams that may run at the same time; nil: any number.
    ///
    /// Half of what clients may open altogether, so that a server that hangs leaves room for the others.
    var connections: Int? = 10_000
    /// So many failures in a row open the circuit; nil: it never opens.
    var circuitFailures: Int? = 5
    /// Seconds until an open circuit lets a request through.
    var circuitCooldown: Int? = 5
}

extension UpstreamLimits {
    /// The rules of the circuit breaker.
    var rules: CircuitBreaker.Rules { CircuitBreaker.Rules(failures: circuitFailures, cooldown: Double(circuitCooldown ?? 5)) }
}
