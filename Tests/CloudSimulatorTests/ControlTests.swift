import HuaweiCloud
import JSONRPC
import Testing

@testable import CloudSimulator

@Suite struct ControlTests {
    private var cloud = TestCloud()
    private var path: String { "/v1/\(cloud.pid)/cloudservers/detail" }

    @Test mutating func aFaultHitsSoManyMatchingRequests() throws {
        let fault: JSONValue = [
            "match": ["method": "GET", "path_prefix": "/v1/"], "times": 2, "status": 503,
            "body": ["error_code": "X.1", "error_msg": "down"],
            "headers": ["Retry-After": "1"],
        ]
        #expect(cloud.control("POST", "faults", fault).status == 200)
        #expect(try cloud.power("os-start", ["batch-worker-01"]).status == 200, "another method")
        for _ in 1...2 {
            let reply = try cloud.call("GET", path)
            #expect(reply.status == 503)
            #expect(reply.gatewayCode == "X.1")
            #expect(reply.headers["Retry-After"] == "1")
            #expect(reply.headers.contains("X-Request-Id"))
        }
        #expect(try cloud.call("GET", path).status == 200)
    }

    @Test mutating func aFaultCanSendAnything() throws {
        _ = cloud.control(
            "POST",
            "faults",
            ["status": 502, "body_text": "<html>bad gateway</html>", "headers": ["content-type": "text/html"]]
        )
        let reply = try cloud.call("GET", path)
        #expect(String(decoding: reply.body, as: UTF8.self) == "<html>bad gateway</html>")
        #expect(reply.headers["Content-Type"] == "text/html")
    }

    @Test mutating func aFaultCanDropAndDelay() throws {
        _ = cloud.control("POST", "faults", ["drop": true])
        _ = cloud.control("POST", "faults", ["delay_ms": 2_500])
        #expect(cloud.world.receive(try cloud.request("GET", path), now: cloud.now) == .drop(delayMilliseconds: 0))
        guard case .answer(let reply, let delay) = cloud.world.receive(try cloud.request("GET", path), now: cloud.now) else {
            Issue.record("no answer")
            return
        }
        #expect(reply.status == 200)
        #expect(delay == 2_500)
    }

    @Test(arguments: [true, false]) mutating func aLostAnswerMayHaveTakenEffect(executes: Bool) throws {
        _ = cloud.control("POST", "faults", ["drop": true, "execute": .bool(executes)])
        _ = try cloud.power("os-start", ["batch-worker-01"])
        #expect(try cloud.status("batch-worker-01") == ["SHUTOFF", executes ? "powering-on" : nil])
    }

    @Test(arguments: [
        (#"{}"#, "at least one of"), (#"{"status":99}"#, "status must be"), (#"{"status":503,"body":1,"body_text":"x"}"#, "not both"),
        (#"{"drop":true,"status":503}"#, "leave out"), (#"{"stauts":503}"#, "unknown member stauts"),
        (#"{"match":{"host":"x"},"drop":true}"#, "unknown member match.host"), (#"{"body":{}}"#, "need a status"),
        (#"{"status":503,"times":0}"#, "times must be"), (#"{"status":503,"headers":{"A\r\nB":"x"}}"#, "header name"),
    ])
    mutating func aFaultThatMakesNoSenseIsExplained(body: String, message: String) throws {
        let reply = cloud.control("POST", "faults", try JSONParser.parse(body))
        #expect(reply.status == 400)
        #expect(reply.json["error"]?.stringValue?.contains(message) == true, "\(reply.json)")
    }

    @Test mutating func faultsCanBeListedAndForgotten() {
        _ = cloud.control("POST", "faults", ["status": 500])
        #expect(cloud.control("GET", "faults").rows("faults").count == 1)
        #expect(cloud.control("DELETE", "faults").rows("faults").isEmpty)
    }

    @Test mutating func theClockCanBeAdvancedWithoutWaiting() throws {
        let job = try cloud.power("os-stop", ["web-prod-01"], type: "SOFT").json["job_id"]?.stringValue
        _ = cloud.control("POST", "clock", ["advance_seconds": 30])
        #expect(try cloud.job(job)["status"] == "SUCCESS")
        #expect(cloud.send(try cloud.request("GET", path)).status == 200, "the wall clock stays")
    }

    @Test mutating func theWallClockCanBeSetOff() throws {
        _ = cloud.control("POST", "clock", ["skew_seconds": 1_200])
        let reply = try cloud.call("GET", path)
        #expect(reply.status == 401)
        #expect(reply.headers["Date"] == cloud.now.adding(seconds: 1_200).httpDate)
    }

    @Test(arguments: [#"{}"#, #"{"advance_seconds":-1}"#, #"{"advance":1}"#, "[]"])
    mutating func aClockRequestThatMakesNoSenseIs400(body: String) throws {
        #expect(cloud.control("POST", "clock", try JSONParser.parse(body)).status == 400)
    }

    @Test mutating func stateCountsAndResetForgets() throws {
        let before = cloud.control("GET", "state").json
        _ = try cloud.power("os-stop", ["web-prod-01"], type: "SOFT")
        _ = cloud.control("POST", "faults", ["status": 500])
        let after = cloud.control("GET", "state").json
        #expect(after["jobs"]?["active"] == 1)
        #expect(after["faults"] == 1)
        let reset = cloud.control("POST", "reset").json
        #expect(reset["servers"] == before["servers"])
        #expect(reset["jobs"]?["active"] == 0)
        #expect(reset["faults"] == 0)
        #expect(reset["requests"] == 0)
    }

    @Test mutating func requestsAreRememberedWithTheirAnswers() throws {
        let reply = try cloud.power("os-start", ["batch-worker-01"])
        let entry = cloud.control("GET", "requests").rows("requests").last
        #expect(entry?["method"] == "POST")
        #expect(entry?["status"] == 200)
        #expect(entry?["request_id"]?.stringValue == reply.headers["X-Request-Id"])
        #expect(entry?["body"]?.stringValue?.contains("os-start") == true)
    }

    @Test mutating func pagesInABrowserCannotControl() {
        let target = "/_simulator/reset"
        let origin = APIRequest(method: "POST", target: target, headers: ["Host": "127.0.0.1:1", "Origin": "http://evil.example"])
        #expect(cloud.send(origin).status == 403)
        let rebound = APIRequest(method: "POST", target: target, headers: ["Host": "evil.example"])
        #expect(cloud.send(rebound).status == 403)
        #expect(cloud.send(APIRequest(method: "POST", target: target, headers: ["Host": "[::1]:8900"])).status == 200)
    }

    @Test mutating func anUnknownControlRequestIs404() { #expect(cloud.control("GET", "nothing").status == 404) }
}
