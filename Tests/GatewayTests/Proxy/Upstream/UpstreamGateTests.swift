import Synchronization
import Testing

@testable import Gateway

@Suite struct UpstreamGateTests {
    private static func limits(_ connections: Int? = nil, failures: Int? = 2, cooldown: Int = 5) -> UpstreamLimits {
        UpstreamLimits(connections: connections, circuitFailures: failures, circuitCooldown: cooldown)
    }

    private func open(_ gate: UpstreamGate, now: Double = 0) throws {
        for _ in 0..<2 {
            var pass = try gate.enter(now: now)
            pass.failed("upstream-timeout", now: now)
            pass.leave()
        }
    }

    @Test("not more than so many at a time; whoever leaves makes room for another") func connections() throws {
        let gate = UpstreamGate(Self.limits(2))
        let first = try gate.enter(now: 0)
        _ = try gate.enter(now: 0)
        for _ in 0..<3 { #expect(throws: UpstreamGate.Closed.connections) { try gate.enter(now: 0) } }
        #expect(gate.figures.connections == 2)
        #expect(gate.figures.limitRejections == 3)
        first.leave()
        #expect(gate.figures.connections == 1)
        _ = try gate.enter(now: 0)
        #expect(throws: UpstreamGate.Closed.connections) { try gate.enter(now: 0) }
    }

    @Test("a limit that is lowered ends nothing, and counts for who comes next") func loweredLimit() throws {
        let gate = UpstreamGate(Self.limits())
        let passes = try (0..<5).map { _ in try gate.enter(now: 0) }
        gate.apply(Self.limits(3))
        #expect(gate.figures.connections == 5)
        #expect(throws: UpstreamGate.Closed.connections) { try gate.enter(now: 0) }
        for pass in passes.prefix(2) { pass.leave() }
        #expect(throws: UpstreamGate.Closed.connections) { try gate.enter(now: 0) }
        passes[2].leave()
        _ = try gate.enter(now: 0)
    }

    @Test("an open circuit refuses, counts the refusals, and takes no connection") func circuit() throws {
        let gate = UpstreamGate(Self.limits(10))
        try open(gate)
        for _ in 0..<3 { #expect(throws: UpstreamGate.Closed.circuit(after: 4)) { try gate.enter(now: 1) } }
        let expected = UpstreamGate.Figures(
            circuit: .open,
            openings: 1,
            circuitRejections: 3,
            connections: 0,
            connectionLimit: 10,
            limitRejections: 0,
            lastFailure: "upstream-timeout"
        )
        #expect(gate.figures == expected)
        #expect(!gate.isCircuitClosed)
    }

    @Test("only the first thing that is known of a request counts") func once() throws {
        let gate = UpstreamGate(Self.limits())
        for _ in 0..<5 {
            var pass = try gate.enter(now: 0)
            pass.answered()
            pass.failed("upstream-timeout", now: 0)
            pass.leave()
        }
        #expect(gate.isCircuitClosed)
        #expect(gate.figures.lastFailure == nil)
        #expect(gate.figures.connections == 0)
    }

    @Test("a probe that ends without an outcome leaves its place to the next one") func abandonedProbe() throws {
        let gate = UpstreamGate(Self.limits())
        try open(gate)
        let probe = try gate.enter(now: 5)
        #expect(throws: UpstreamGate.Closed.circuit(after: 1)) { try gate.enter(now: 5) }
        probe.leave()
        var next = try gate.enter(now: 5)
        next.answered()
        #expect(gate.isCircuitClosed)
    }

    @Test("changes are told, in their order and once each") func changes() throws {
        let seen = Mutex<[String]>([])
        let gate = UpstreamGate(Self.limits()) { change in
            seen.withLock { $0.append("\(change.from.rawValue) \(change.to.rawValue) \(change.failure ?? "")") }
        }
        try open(gate)
        var probe = try gate.enter(now: 6)
        probe.failed("upstream-unreachable", now: 6)
        gate.becameHealthy()
        gate.becameHealthy()
        gate.replaceServer()
        let expected = [
            "closed open upstream-timeout", "open half-open upstream-timeout", "half-open open upstream-unreachable",
            "open half-open upstream-unreachable", "half-open closed upstream-unreachable",
        ]
        #expect(seen.withLock { $0 } == expected)
        #expect(gate.figures.openings == 2)
    }

    @Test("many threads: the count is right at the end, and never above the limit", .timeLimit(.minutes(1))) func threads() async {
        let gate = UpstreamGate(Self.limits(4))
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for number in 0..<2_000 {
                        guard var pass = try? gate.enter(now: 0) else { continue }
                        #expect(gate.figures.connections <= 4)
                        if (number + worker).isMultiple(of: 3) { pass.answered() }
                        pass.leave()
                    }
                }
            }
        }
        #expect(gate.figures.connections == 0)
        #expect(gate.isCircuitClosed)
    }
}
