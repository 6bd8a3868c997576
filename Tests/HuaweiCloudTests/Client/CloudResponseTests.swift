import HuaweiCloud
import JSONRPC
import Testing

@Suite struct CloudResponseTests {
    private func response(_ body: String) -> CloudResponse {
        CloudResponse(status: 200, headers: ["X-Request-Id": "r"], body: Array(body.utf8))
    }

    @Test func ofDuplicateMembersTheLastOneWins() throws {
        #expect(try response(#"{"a":1,"a":2}"#).object() == ["a": 2])
    }

    @Test func nestingUpTo128Levels() throws {
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try response(deep).json().kind == "array")
        #expect(throws: CloudError.self) { try response("[\(deep)]").json() }
    }

    @Test(arguments: ["", " ", "<html></html>", "{", "{}{}", "nul", "\u{FEFF}{}"])
    func otherTextsAreInvalid(_ body: String) {
        let error = #expect(throws: CloudError.self) { try response(body).json() }
        #expect(error?.code == "UPSTREAM_INVALID_RESPONSE")
        #expect(error?.statusCode == 200)
        #expect(error?.requestID == "r")
        #expect(error?.retryable == false)
    }

    @Test(arguments: ["[]", "1", "null", "true", #""x""#])
    func theTopLevelMustBeOfTheRightKind(_ body: String) throws {
        let error = #expect(throws: CloudError.self) { try response(body).object() }
        #expect(error?.code == "UPSTREAM_INVALID_RESPONSE")
        _ = try response(body).json()
    }

    @Test func anErrorInsideA2xxIsCleanedAndGetsItsHint() {
        let error = response("{}").failure(code: "DEVPIPE.00011401", message: "no\nsuch")
        #expect(error.code == "DEVPIPE.00011401")
        #expect(error.message == "no such")
        #expect(error.hint?.contains("pipeline") == true)
        #expect(error.statusCode == 200)
        #expect(error.requestID == "r")
        #expect(error.retryable == false)
        #expect(response("{}").failure(code: "x", message: "", hint: "h").hint == "h")
    }
}
