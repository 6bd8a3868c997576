import HuaweiCloud
import Testing

/// The fallback of huaweicloud-http.md §3.
@Suite(.timeLimit(.minutes(1)))
struct EndpointFallbackTests {
    private let com = "cts.af-south-1.myhuaweicloud.com"
    private let cn = "cts.af-south-1.myhuaweicloud.cn"
    private let request = CloudRequest(service: .cts, operation: "ListTraces", method: "GET", path: "/v3/p/traces", idempotency: .read)

    private func hosts(_ fixture: Fixture) -> [String] { fixture.transport.requests.map(\.endpoint.authority) }

    @Test(arguments: [TransportFailure.Kind.nameResolution, .tls])
    func nameAndHandshakeFailuresSwitchAtOnceAndStay(_ kind: TransportFailure.Kind) async throws {
        let fixture = Fixture(.failure(kind), .answer(200), retries: 0)
        _ = try await fixture.client.send(request)
        _ = try await fixture.client.send(request)
        #expect(hosts(fixture) == [com, cn, cn])
        #expect(fixture.time.waits.isEmpty)
        #expect(fixture.transport.requests.map { $0.headers["Host"] } == [com, cn, cn])
    }

    @Test(arguments: [
        ScriptedTransport.Step.failure(.connection), .failure(.timeout), .failure(.broken, sent: true), .answer(503), .answer(404),
    ])
    func nothingElseSwitches(_ step: ScriptedTransport.Step) async {
        let fixture = Fixture(step, retries: 2)
        _ = await fixture.failure(of: request)
        #expect(Set(hosts(fixture)) == [com])
    }

    @Test func afterTheLastOneItReturnsToTheFirstAndReports() async {
        let fixture = Fixture(.failure(.nameResolution), retries: 0)
        #expect(await fixture.failure(of: request)?.code == "UPSTREAM_UNREACHABLE")
        #expect(hosts(fixture) == [com, cn])
        _ = await fixture.failure(of: request)
        #expect(hosts(fixture) == [com, cn, com, cn])
    }

    @Test func furtherAttemptsBeginAgain() async {
        let fixture = Fixture(.failure(.tls), retries: 1)
        _ = await fixture.failure(of: request)
        #expect(hosts(fixture) == [com, cn, com, cn])
        #expect(fixture.time.waits.count == 1)
    }

    @Test func aServiceWithASingleEndpointIsRetriedThere() async {
        let fixture = Fixture(.failure(.nameResolution), retries: 1)
        _ = await fixture.failure(of: Fixture.write)
        #expect(fixture.transport.requests.count == 2)
    }
}
