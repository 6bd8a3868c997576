import HuaweiCloud
import Synchronization
import Testing

/// The last word before a request that may change something goes out.
@Suite(.timeLimit(.minutes(1))) struct CloudGateTests {
    private final class Asked: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock { $0 } }
        func note(_ name: String) { names.withLock { $0.append(name) } }
    }

    private let asked = Asked()

    @Test func aWriteIsLetOutOnceWhateverItsAttempts() async throws {
        let fixture = Fixture(.answer(429, "{}", ["Retry-After": "1"]), .answer(200))
        let gate: CloudGate.Gate = { request throws(CloudError) in asked.note("\(request.operation) \(fixture.transport.requests.count)") }
        _ = try? await CloudGate.$current.withValue(gate) { try await fixture.client.send(Fixture.write) }
        #expect(asked.all == ["\(Fixture.write.operation) 0"])
    }

    @Test func aReadIsNotAskedFor() async throws {
        let fixture = Fixture(.answer(200))
        let gate: CloudGate.Gate = { request throws(CloudError) in asked.note(request.operation) }
        _ = try await CloudGate.$current.withValue(gate) { try await fixture.client.send(Fixture.read) }
        #expect(asked.all.isEmpty)
    }

    @Test func whatTheGateThrowsIsTheOutcomeAndNothingIsSent() async throws {
        let fixture = Fixture(.answer(200))
        let refusal = CloudError(code: "AUDIT_UNAVAILABLE", message: "no", retryable: true)
        let gate: CloudGate.Gate = { _ throws(CloudError) in throw refusal }
        await #expect(throws: refusal) {
            try await CloudGate.$current.withValue(gate) { try await fixture.client.send(Fixture.write) }
        }
        #expect(fixture.transport.requests.isEmpty)
        _ = try await fixture.client.send(Fixture.write)
        #expect(fixture.transport.requests.count == 1)
    }
}
