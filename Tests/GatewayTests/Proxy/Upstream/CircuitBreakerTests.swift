import Testing

@testable import Gateway

/// The table of ``CircuitBreaker``, rule by rule; times are given, nothing waits.
@Suite struct CircuitBreakerTests {
    private static let rules = CircuitBreaker.Rules(failures: 3, cooldown: 5)
    private var circuit = CircuitBreaker()

    private mutating func enter(_ now: Double, _ rules: CircuitBreaker.Rules = rules) throws -> CircuitBreaker.Ticket {
        guard case .passes(let ticket) = circuit.admit(at: now, rules) else { throw Refused() }
        return ticket
    }

    private mutating func fail(_ now: Double) throws { circuit.failed(try enter(now), at: now, Self.rules) }

    private mutating func delay(_ now: Double) -> Double? {
        guard case .refused(let delay) = circuit.admit(at: now, Self.rules) else { return nil }
        return delay
    }

    /// Three failures at the second 10: open until 15.
    private mutating func open() throws {
        for _ in 0..<3 { try fail(10) }
        #expect(circuit.state == .open)
    }

    private struct Refused: Error {}

    @Test("closed: opens at the limit of failures, not before") mutating func opens() throws {
        for count in 1...2 {
            try fail(1)
            #expect(circuit.state == .closed)
            #expect(circuit.failures == count)
        }
        try fail(1)
        #expect(circuit.state == .open)
    }

    @Test("closed: an answer ends the series of failures") mutating func answerEndsTheSeries() throws {
        for _ in 0..<10 {
            try fail(1)
            try fail(1)
            circuit.answered(try enter(1))
        }
        #expect(circuit.state == .closed)
        #expect(circuit.failures == 0)
    }

    @Test("closed: a request of which nothing is known neither counts nor ends the series") mutating func abandonedCountsNothing() throws {
        try fail(1)
        try fail(1)
        for _ in 0..<10 { circuit.abandoned(try enter(1)) }
        #expect(circuit.failures == 2)
        try fail(1)
        #expect(circuit.state == .open)
    }

    @Test("without a limit it never opens") mutating func neverOpens() throws {
        let rules = CircuitBreaker.Rules(failures: nil, cooldown: 5)
        for _ in 0..<1_000 { circuit.failed(try enter(1, rules), at: 1, rules) }
        #expect(circuit.state == .closed)
    }

    @Test(
        "open: refuses for the rest of the cool-down, and says how long that is",
        arguments: [(10.0, 5.0), (12.5, 2.5), (14.9, 0.1)]
    )
    func refuses(now: Double, rest: Double) throws {
        var copy = self
        try copy.open()
        let delay = copy.delay(now)
        #expect(abs((delay ?? 0) - rest) < 1e-9)
        #expect(copy.circuit.state == .open)
    }

    @Test("open: after the cool-down one request passes, and no other one until it is known what came of it") mutating func probesAlone()
        throws
    {
        try open()
        _ = try enter(15)
        #expect(circuit.state == .halfOpen)
        for now in [15.0, 20, 1_000] { #expect(delay(now) == CircuitBreaker.probeDelay) }
    }

    @Test("half-open: the answer of the probe closes it") mutating func probeAnswers() throws {
        try open()
        circuit.answered(try enter(15))
        #expect(circuit.state == .closed)
        #expect(circuit.failures == 0)
        _ = try enter(15)
        _ = try enter(15)
    }

    @Test("half-open: the failure of the probe opens it for another cool-down") mutating func probeFails() throws {
        try open()
        let probe = try enter(15)
        circuit.failed(probe, at: 40, Self.rules)
        #expect(circuit.state == .open)
        #expect(delay(40) == 5)
        #expect(delay(44) == 1)
        circuit.answered(try enter(45))
        #expect(circuit.state == .closed)
    }

    @Test("half-open: when nothing is known of the probe the next request probes at once") mutating func probeAbandoned() throws {
        try open()
        let first = try enter(15)
        circuit.abandoned(first)
        #expect(circuit.state == .halfOpen)
        let second = try enter(15)
        #expect(delay(15) != nil)
        circuit.answered(second)
        #expect(circuit.state == .closed)
    }

    @Test("open: failures of requests that were running do not prolong the cool-down") mutating func lateFailures() throws {
        let late = try (0..<10).map { _ in try enter(1) }
        try open()
        for ticket in late { circuit.failed(ticket, at: 14, Self.rules) }
        #expect(delay(14) == 1)
        let probe = try enter(15)
        circuit.failed(late[0], at: 16, Self.rules)
        #expect(circuit.state == .halfOpen)
        circuit.answered(probe)
        circuit.failed(late[1], at: 17, Self.rules)
        #expect(circuit.failures == 0)
    }

    @Test("open: an answer to a request that was running closes it") mutating func lateAnswer() throws {
        let late = try enter(1)
        try open()
        circuit.answered(late)
        #expect(circuit.state == .closed)
    }

    @Test("half-open: when another answer has closed it the probe's failure does not open it") mutating func lateProbe() throws {
        let late = try enter(1)
        try open()
        let probe = try enter(15)
        circuit.answered(late)
        #expect(circuit.state == .closed)
        circuit.failed(probe, at: 16, Self.rules)
        circuit.abandoned(probe)
        #expect(circuit.state == .closed)
        #expect(circuit.failures == 0)
    }

    @Test("a health check that is answered lets a request probe before the cool-down is over") mutating func healthy() throws {
        circuit.becameHealthy()
        #expect(circuit.state == .closed)
        try open()
        circuit.becameHealthy()
        #expect(circuit.state == .halfOpen)
        let probe = try enter(11)
        #expect(delay(11) != nil)
        circuit.failed(probe, at: 12, Self.rules)
        #expect(circuit.state == .open)
    }

    @Test("a health check that is answered lets another request probe while one drags on") mutating func healthyWhileProbing() throws {
        try open()
        let first = try enter(15)
        #expect(delay(15) != nil)
        circuit.becameHealthy()
        circuit.answered(try enter(15))
        #expect(circuit.state == .closed)
        circuit.abandoned(first)
        #expect(circuit.state == .closed)
    }

    @Test("another server begins with a closed circuit, and what came of requests to the former one does not count")
    mutating func replaced() throws {
        let former = try (0..<6).map { _ in try enter(1) }
        try open()
        circuit.replaceServer()
        #expect(circuit.state == .closed)
        for ticket in former.prefix(3) { circuit.failed(ticket, at: 11, Self.rules) }
        #expect(circuit.failures == 0)
        try open()
        for ticket in former.suffix(3) { circuit.answered(ticket) }
        #expect(circuit.state == .open)
    }

    @Test("open: a clock that goes back prolongs the cool-down by no more than itself") mutating func clockGoesBack() throws {
        try open()
        #expect(delay(-100_000) == 5)
        _ = try enter(-99_995)
        #expect(circuit.state == .halfOpen)
    }

    @Test("rules that change count for what is open") mutating func otherRules() throws {
        try open()
        #expect(circuit.admit(at: 11, CircuitBreaker.Rules(failures: 3, cooldown: 0.5)) == .refused(after: 0.5))
        #expect(delay(11.25) == 0.25)
        _ = try enter(11.25, CircuitBreaker.Rules(failures: nil, cooldown: 5))
        #expect(circuit.state == .closed)
    }
}
