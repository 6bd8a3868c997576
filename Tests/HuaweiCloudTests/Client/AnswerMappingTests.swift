import HuaweiCloud
import Testing

/// The table of huaweicloud-http.md §6.2.
@Suite(.timeLimit(.minutes(1)))
struct AnswerMappingTests {
    private func error(_ step: ScriptedTransport.Step, _ request: CloudRequest = Fixture.read, token: String? = nil) async -> CloudError? {
        await Fixture(step, token: token, retries: 0).failure(of: request)
    }

    @Test(arguments: [
        (400, false, false), (401, false, false), (404, false, false), (409, false, false), (429, true, true), (500, false, false),
        (501, false, false), (502, true, false), (503, true, false), (504, true, false), (599, false, false),
    ])
    func retryableOfStatuses(status: Int, read: Bool, write: Bool) async {
        let step = ScriptedTransport.Step.answer(status, #"{"error":{"code":"A.1","message":"m"}}"#, ["x-request-id": "r"])
        #expect(
            await error(step, Fixture.read)
                == CloudError(code: "A.1", message: "m", requestID: "r", statusCode: status, retryable: read)
        )
        #expect(await error(step, Fixture.write)?.retryable == write)
    }

    @Test(arguments: [
        (404, "", "404", "HTTP 404 without a body"),
        (500, "oops\n", "500", "oops"),
        (503, "<html>busy</html>", "503", "<html>busy</html>"),
        (500, "[1]", "500", "[1]"),
        (500, #"{"x":1}"#, "500", #"{"x":1}"#),
        (429, "", "RATE_LIMITED", "HTTP 429 without a body"),
        (429, "slow down", "RATE_LIMITED", "slow down"),
        (429, #"{"error_code":"APIGW.0308","error_msg":"m"}"#, "APIGW.0308", "m"),
        (500, "\n\n", "500", "HTTP 500 without a message"),
        (500, #"{"code":"a","message":""}"#, "a", "HTTP 500 without a message"),
        (400, #"{"code":"a\nb","message":"x\ty"}"#, "a b", "x y"),
    ])
    func codesAndMessagesOfBodies(status: Int, body: String, code: String, message: String) async {
        let error = await error(.answer(status, body))
        #expect(error?.code == code)
        #expect(error?.message == message)
        #expect(error?.statusCode == status)
    }

    @Test(arguments: [(false, true, true, false), (true, true, false, true)])
    func timeouts(sent: Bool, read: Bool, write: Bool, hasHint: Bool) async {
        let reading = await error(.failure(.timeout, sent: sent), Fixture.read)
        #expect(reading?.code == "UPSTREAM_TIMEOUT")
        #expect(reading?.retryable == read)
        #expect(reading?.hint == nil)
        let writing = await error(.failure(.timeout, sent: sent), Fixture.write)
        #expect(writing?.code == "UPSTREAM_TIMEOUT")
        #expect(writing?.retryable == write)
        #expect((writing?.hint?.contains("outcome is unknown") == true) == hasHint)
    }

    @Test(arguments: [TransportFailure.Kind.nameResolution, .connection, .tls])
    func unreachable(_ kind: TransportFailure.Kind) async {
        for request in [Fixture.read, Fixture.write] {
            let error = await error(.failure(kind), request)
            #expect(error?.code == "UPSTREAM_UNREACHABLE")
            #expect(error?.retryable == true)
            #expect(error?.hint == nil)
            #expect(error?.statusCode == nil)
        }
    }

    @Test func aConnectionThatBreaksAfterAWriteWasSent() async {
        let writing = await error(.failure(.broken, sent: true), Fixture.write)
        #expect(writing?.code == "UPSTREAM_UNREACHABLE")
        #expect(writing?.retryable == false)
        #expect(writing?.hint?.contains("outcome is unknown") == true)
        #expect(await error(.failure(.broken, sent: true), Fixture.read)?.retryable == true)
    }

    @Test func aTruncatedAnswerIsInvalid() async {
        let partial = TransportResponse(status: 200, headers: ["X-Request-Id": "r"], body: Array("{".utf8))
        let step = ScriptedTransport.Step.failure(TransportFailure(.broken, sent: true, partial: partial))
        let reading = await error(step, Fixture.read)
        #expect(reading?.code == "UPSTREAM_INVALID_RESPONSE")
        #expect(reading?.retryable == false)
        #expect(reading?.statusCode == 200)
        #expect(reading?.requestID == "r")
        #expect(await error(step, Fixture.write)?.hint?.contains("outcome is unknown") == true)
    }

    @Test func aTruncatedErrorIsStillThatError() async {
        let partial = TransportResponse(status: 403, headers: ["X-Request-Id": "r"], body: Array("forbid".utf8))
        let error = await error(.failure(TransportFailure(.broken, sent: true, partial: partial)))
        #expect(error == CloudError(code: "403", message: "forbid", requestID: "r", statusCode: 403, retryable: false))
    }

    @Test func aTimeoutInTheMiddleOfAnAnswerTellsItsStatus() async {
        let partial = TransportResponse(status: 200, headers: ["X-Request-Id": "r"])
        let error = await error(.failure(TransportFailure(.timeout, sent: true, partial: partial)))
        #expect(error?.code == "UPSTREAM_TIMEOUT")
        #expect(error?.statusCode == 200)
        #expect(error?.requestID == "r")
    }

    @Test(arguments: [TransportFailure.Kind.malformed, .tooLarge])
    func senselessAnswers(_ kind: TransportFailure.Kind) async {
        let error = await error(.failure(kind, sent: true))
        #expect(error?.code == "UPSTREAM_INVALID_RESPONSE")
        #expect(error?.retryable == false)
    }

    @Test(arguments: [300, 301, 302, 304, 307, 399])
    func redirectsAreInvalid(_ status: Int) async {
        let error = await error(.answer(status, "", ["Location": "https://evil.example/?token=1", "X-Request-Id": "r"]))
        #expect(error?.code == "UPSTREAM_INVALID_RESPONSE")
        #expect(error?.statusCode == status)
        #expect(error?.requestID == "r")
        #expect(error?.retryable == false)
        #expect(error?.message.contains("evil") == false)
    }

    @Test func messagesAreRedacted() async {
        let body =
            #"{"error_code":"APIGW.0301","error_msg":"verify fail, canonicalRequest:GET|x-security-token:token-abc-123|"#
            + Fixture.secretKey
            + #" configured-secret"}"#
        let error = await error(.answer(401, body), token: "token-abc-123")
        let text = "\(String(describing: error))"
        for secret in ["token-abc-123", Fixture.secretKey, Fixture.accessKey, "configured-secret"] { #expect(!text.contains(secret)) }
        #expect(error?.message.contains("verify fail") == true)
    }

    @Test func messagesAreCut() async {
        let error = await error(.answer(500, String(repeating: "x", count: 5000)))
        #expect(error?.message.unicodeScalars.count == 1024)
    }

    @Test func a401OnTemporaryCredentialsHasAHint() async {
        #expect(await error(.answer(401), token: "t0ken")?.hint?.contains("temporary") == true)
        #expect(await error(.answer(401))?.hint == nil)
        #expect(await error(.answer(403), token: "t0ken")?.hint == nil)
    }

    @Test func failedAuthenticationStatesAWrongClock() async {
        let body = #"{"error_code":"APIGW.0301","error_msg":"m"}"#
        let hint = await error(.answer(401, body, ["Date": "Thu, 15 Jan 2026 07:45:30 GMT"]))?.hint
        #expect(hint?.contains("15 minutes off") == true)
        #expect(hint?.contains("30 minutes ahead") == true)
        let other = await error(.answer(401, body, ["Date": "Thu, 15 Jan 2026 08:15:00 GMT"]))?.hint
        #expect(other?.contains("15 minutes off") == true)
        #expect(other?.contains("ahead") == false)
    }

    @Test func knownCodesHaveHints() async {
        #expect(await error(.answer(404, #"{"error":{"code":"Ecs.0114","message":"m"}}"#))?.hint?.contains("no such server") == true)
    }

    @Test(
        arguments: [
            (["X-Request-Id": "a", "X-IAM-Trace-Id": "b"] as HeaderList, "a"), (["X-IAM-Trace-Id": "b"], "b"),
            (["X-Request-Id": " ", "X-IAM-Trace-Id": "b"], "b"), (["X-Request-Id": ""], nil), ([:], nil),
        ] as [(HeaderList, String?)]
    )
    func requestIDs(headers: HeaderList, expected: String?) async {
        #expect(await error(.answer(500, #"{"request_id":"body"}"#, headers))?.requestID == expected)
    }
}
