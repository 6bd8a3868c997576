import HuaweiCloud
import JSONRPC
import Testing

@testable import PipelineServer

/// 2xx answers with an error inside (pipeline.md §1.2), and what the bare booleans mean (§6).
@Suite struct ReportedErrorTests {
    private func response(_ body: String, status: Int = 200) -> CloudResponse {
        CloudResponse(status: status, headers: ["X-Request-Id": "req-9"], body: Array(body.utf8))
    }

    private func failure<Value>(_ body: () throws(CloudError) -> Value) -> CloudError? {
        do throws(CloudError) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            (#"{"error_code":"DEVPIPE.00011401","error_msg":"no such pipeline"}"#, "DEVPIPE.00011401", "no such pipeline"),
            (#"{"errorCode":"X.1","errorMsg":"m"}"#, "X.1", "m"), (#"{"errorCode":"X.1"}"#, "X.1", nil),
            (#"{"id":"p","error_code":"X.1","error_msg":"m"}"#, "X.1", "m"), (#"{"error_code":404,"error_msg":"m"}"#, "404", "m"),
            (#"{"error":{"code":"X.2","message":"m"}}"#, "X.2", "m"), (#"{"error":{"code":7}}"#, "7", nil),
            (#"{"error":{"message":"m"}}"#, "UPSTREAM_INVALID_RESPONSE", "m"),
            (#"{"error":{"code":"","message":"m"}}"#, "UPSTREAM_INVALID_RESPONSE", "m"),
        ] as [(String, String, String?)]
    )
    func aTopLevelErrorIsAFailureThatIsNotRetryable(_ body: String, _ code: String, _ message: String?) {
        let error = failure { () throws(CloudError) in try response(body).goodObject() }
        #expect(error?.code == code)
        if let message { #expect(error?.message == message) } else { #expect(error?.message.isEmpty == false) }
        #expect(error?.statusCode == 200)
        #expect(error?.requestID == "req-9")
        #expect(error?.retryable == false)
    }

    @Test(arguments: [
        #"{"error_code":""}"#, #"{"error_code":null}"#, #"{"errorCode":""}"#, #"{"error":null}"#, #"{"error":{}}"#, #"{"error":"text"}"#,
        #"{"error":{"code":null}}"#, #"{"error_msg":"alone"}"#, #"{"data":{"error_code":"X.1","error_msg":"nested"}}"#,
    ])
    func anythingElseIsNoError(_ body: String) { #expect(failure { () throws(CloudError) in try response(body).goodObject() } == nil) }

    @Test(
        arguments: [
            ("true", nil), ("null", nil), ("", nil), ("{}", nil), (#""true""#, nil), (#""TRUE""#, nil), (#"{"result":false}"#, nil),
            (" true ", nil), ("false", "BAN_FAILED"), (#""false""#, "BAN_FAILED"), (#""False""#, "BAN_FAILED"),
            (#"{"error_code":"X.1"}"#, "X.1"), ("yes", "UPSTREAM_INVALID_RESPONSE"), ("<html>", "UPSTREAM_INVALID_RESPONSE"),
            ("1", "UPSTREAM_INVALID_RESPONSE"), ("[]", "UPSTREAM_INVALID_RESPONSE"), (#""ok""#, "UPSTREAM_INVALID_RESPONSE"),
            (" ", "UPSTREAM_INVALID_RESPONSE"),
        ] as [(String, String?)]
    )
    func aBareBooleanTellsWhetherThePipelineIsDisabled(_ body: String, _ code: String?) {
        let request = SetPipelineStatusRequest(id: "p", status: .disabled)
        let error = failure { () throws(CloudError) in try request.answer(response(body)) }
        #expect(error?.code == code)
        if error != nil {
            #expect(error?.statusCode == 200)
            #expect(error?.requestID == "req-9")
            #expect(error?.retryable == false)
        }
    }

    @Test func theRefusalToEnableHasItsOwnCode() {
        let request = SetPipelineStatusRequest(id: "p", status: .enabled)
        #expect(failure { () throws(CloudError) in try request.answer(response("false")) }?.code == "UNBAN_FAILED")
    }

    @Test func aPipelineThatIsAnEmptyObjectIsSenseless() {
        let request = ShowPipelineRequest(id: "p")
        #expect(failure { () throws(CloudError) in try request.answer(response("{}")) }?.code == "UPSTREAM_INVALID_RESPONSE")
        #expect(failure { () throws(CloudError) in try request.answer(response("[]")) }?.code == "UPSTREAM_INVALID_RESPONSE")
    }
}
