import Foundation
import HuaweiCloud
import JSONRPC
import ProcessSupport
import Testing

/// What is sent, and how often: huaweicloud-http.md §§1, 3 and 5.
@Suite(.timeLimit(.minutes(1)))
struct CloudClientTests {
    @Test func aReadIsSentAsItIsSigned() async throws {
        let fixture = Fixture(.answer(200, #"{"count":1}"#))
        let response = try await fixture.client.send(Fixture.read)
        #expect(try response.object() == ["count": 1])
        let sent = try #require(fixture.transport.requests.first)
        #expect(sent.target == "/v1/p1/cloudservers/detail?limit=20&name=a%20b")
        #expect(sent.endpoint.description == "https://ecs.af-south-1.myhuaweicloud.com")
        #expect(
            sent.headers.fields.map(\.name) == ["User-Agent", "Content-Type", "X-Project-Id", "X-Sdk-Date", "Host", "Authorization"]
        )
        #expect(sent.headers["User-Agent"] == "test-server/1.2.3")
        #expect(sent.headers["Content-Type"] == "application/json")
        #expect(sent.headers["X-Project-Id"] == "p1")
        #expect(sent.headers["X-Sdk-Date"] == "20260115T081530Z")
    }

    @Test func aBodyChangesTheContentType() async throws {
        let fixture = Fixture(.answer(200))
        _ = try await fixture.client.send(Fixture.write)
        #expect(fixture.transport.requests.first?.headers["Content-Type"] == "application/json;charset=utf-8")
        #expect(fixture.transport.requests.first?.body == Fixture.write.body)
    }

    @Test func aWriteWithoutABodyHasThePlainContentType() async throws {
        let fixture = Fixture(.answer(200))
        var request = Fixture.write
        request.method = "PUT"
        request.body = nil
        _ = try await fixture.client.send(request)
        #expect(fixture.transport.requests.first?.headers["Content-Type"] == "application/json")
    }

    @Test func temporaryCredentialsSendTheirToken() async throws {
        let fixture = Fixture(.answer(200), token: "token-1")
        _ = try await fixture.client.send(Fixture.read)
        #expect(fixture.transport.requests.first?.headers["X-Security-Token"] == "token-1")
    }

    @Test func everyAttemptIsSignedAnew() async throws {
        let fixture = Fixture(.answer(503), .answer(503, "{}", ["Retry-After": "20"]), .answer(200))
        _ = try await fixture.client.send(Fixture.read)
        let dates = fixture.transport.requests.compactMap { $0.headers["X-Sdk-Date"] }
        #expect(dates == ["20260115T081530Z", "20260115T081530Z", "20260115T081550Z"])
        for request in fixture.transport.requests {
            let accessKey = try SignatureVerifier().verify(
                method: request.method,
                path: request.path,
                query: request.query,
                headers: request.headers,
                body: request.body,
                now: fixture.time.clock.now()
            ) { _ in Secret(Fixture.secretKey) }
            #expect(accessKey == Fixture.accessKey)
        }
    }

    @Test func waitsGrow() async {
        let fixture = Fixture(.failure(.connection), retries: 5)
        _ = await fixture.failure(of: Fixture.write)
        #expect(fixture.time.waits == [200, 400, 800, 1600, 3200].map { .milliseconds($0) })
        #expect(fixture.transport.requests.count == 6)
    }

    @Test(arguments: [0, 1, 5])
    func retriesAreFurtherAttempts(_ retries: Int) async {
        let fixture = Fixture(.answer(503), retries: retries)
        #expect(await fixture.failure(of: Fixture.read)?.statusCode == 503)
        #expect(fixture.transport.requests.count == retries + 1)
    }

    @Test(arguments: [
        (ScriptedTransport.Step.failure(.nameResolution), 3, 3),
        (.failure(.connection), 3, 3),
        (.failure(.tls), 3, 3),
        (.failure(.timeout, sent: false), 3, 3),
        (.failure(.timeout, sent: true), 3, 1),
        (.failure(.broken, sent: true), 3, 1),
        (.failure(.malformed, sent: true), 3, 1),
        (.failure(.tooLarge, sent: true), 1, 1),
        (.failure(.unsendable), 1, 1),
        (.failure(.cancelled), 1, 1),
        (.failure(.shutDown), 1, 1),
        (.answer(429), 3, 1),
        (.answer(502), 3, 1),
        (.answer(503), 3, 1),
        (.answer(504), 3, 1),
        (.answer(500), 1, 1),
        (.answer(404), 1, 1),
        (.answer(302), 1, 1),
        (.answer(103), 1, 1),
    ])
    func attempts(step: ScriptedTransport.Step, reads: Int, writes: Int) async {
        let read = Fixture(step)
        #expect(await read.failure(of: Fixture.read) != nil)
        #expect(read.transport.requests.count == reads)
        let write = Fixture(step)
        #expect(await write.failure(of: Fixture.write) != nil)
        #expect(write.transport.requests.count == writes)
    }

    @Test func anInvalidBodyIsNotRetried() async throws {
        let fixture = Fixture(.answer(200, "<html>"))
        let response = try await fixture.client.send(Fixture.read)
        #expect(throws: CloudError.self) { try response.json() }
        #expect(fixture.transport.requests.count == 1)
    }

    @Test func retryAfterReplacesTheWait() async throws {
        let fixture = Fixture(
            .answer(429, "{}", ["Retry-After": "12"]),
            .answer(429, "{}", ["retry-after": "Thu, 15 Jan 2026 08:15:45 GMT"]),
            .answer(200)
        )
        _ = try await fixture.client.send(Fixture.read)
        #expect(fixture.time.waits == [.seconds(12), .seconds(3)])
    }

    @Test func aLongRetryAfterEndsTheRetrying() async {
        let fixture = Fixture(.answer(429, "{}", ["Retry-After": "31"]))
        #expect(await fixture.failure(of: Fixture.read)?.code == "RATE_LIMITED")
        #expect(fixture.transport.requests.count == 1)
    }

    @Test func anUnreadableRetryAfterIsIgnored() async throws {
        let fixture = Fixture(.answer(503, "{}", ["Retry-After": "soon"]), .answer(200))
        _ = try await fixture.client.send(Fixture.read)
        #expect(fixture.time.waits == [.milliseconds(200)])
    }

    @Test func theLastErrorIsReported() async {
        let fixture = Fixture(
            .answer(503, #"{"error_code":"A.1","error_msg":"first"}"#, ["X-Request-Id": "r1"]),
            .answer(502, #"{"error_code":"A.2","error_msg":"second"}"#, ["X-Request-Id": "r2"]),
            retries: 1
        )
        #expect(
            await fixture.failure(of: Fixture.read)
                == CloudError(code: "A.2", message: "second", requestID: "r2", statusCode: 502, retryable: true)
        )
    }

    @Test func everyRetryIsRecorded() async throws {
        let fixture = Fixture(.failure(.timeout, sent: true), .answer(503), .answer(200))
        _ = try await fixture.client.send(Fixture.read)
        let events = fixture.records.events
        #expect(events.map { $0["msg"] } == ["cloud-retry", "cloud-retry"])
        #expect(events.map { $0["level"] } == ["INFO", "INFO"])
        #expect(events.map { $0["service"] } == ["ecs", "ecs"])
        #expect(events.map { $0["operation"] } == ["ListServersDetails", "ListServersDetails"])
        #expect(events.map { $0["attempt"] } == [1, 2])
        #expect(events.map { $0["reason"] } == ["timeout", "http-503"])
        #expect(events.map { $0["delay_ms"] } == [200, 400])
    }

    @Test func aWaitEndsAtOnceOnCancellation() async {
        let fixture = Fixture([.answer(503)], clock: CloudClock(now: { Date() }, sleep: { _ in throw CancellationError() }))
        let error = await fixture.failure(of: Fixture.read)
        #expect(error?.isCancellation == true)
        #expect(fixture.transport.requests.count == 1)
    }

    @Test func aCancelledCallEndsWithoutAnotherAttempt() async {
        let fixture = Fixture(.hang)
        let call = Task { await fixture.failure(of: Fixture.read) }
        while fixture.transport.requests.isEmpty { await Task.yield() }
        call.cancel()
        #expect(await call.value?.isCancellation == true)
        #expect(fixture.transport.requests.count == 1)
    }

    @Test func aCallThatIsCancelledAlreadySendsNothing() async {
        let fixture = Fixture(.answer(200))
        let call = Task {
            while !Task.isCancelled { await Task.yield() }
            return await fixture.failure(of: Fixture.read)
        }
        call.cancel()
        #expect(await call.value?.isCancellation == true)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func unknownRegionsSendNothing() async {
        let fixture = Fixture([.answer(200)], region: "xx-1")
        #expect(await fixture.failure(of: Fixture.read)?.code == "UNSUPPORTED_REGION")
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func emptyKeysSendNothing() async {
        let transport = ScriptedTransport([.answer(200)])
        let client = CloudClient(
            transport: transport,
            credentials: StaticCredentials(Credentials(accessKeyID: Secret(""), secretAccessKey: Secret("x"))),
            endpoints: Endpoints(),
            region: "af-south-1",
            userAgent: "t/1",
            log: .disabled
        )
        let error = await #expect(throws: CloudError.self) { try await client.send(Fixture.read) }
        #expect(error?.code == "CREDENTIALS_UNUSABLE")
        #expect(transport.requests.isEmpty)
    }

    @Test func theTraceHoldsTheRequestIDOfTheLastAnswer() async throws {
        let fixture = Fixture(
            .answer(503, "{}", ["X-Request-Id": "r1"]),
            .answer(200, "{}", ["X-IAM-Trace-Id": "r2"]),
            .failure(.broken, sent: true)
        )
        let trace = CloudTrace()
        #expect(trace.requestID == nil)
        try await CloudTrace.$current.withValue(trace) { _ = try await fixture.client.send(Fixture.read) }
        #expect(trace.requestID == "r2")
        _ = await CloudTrace.$current.withValue(trace) { await fixture.failure(of: Fixture.write) }
        #expect(trace.requestID == "r2")
    }
}
