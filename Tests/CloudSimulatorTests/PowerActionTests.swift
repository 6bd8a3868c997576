import JSONRPC
import Testing

@testable import CloudSimulator

@Suite struct PowerActionTests {
    private var cloud = TestCloud()

    @Test mutating func aStopGoesFromInitThroughRunningToSuccess() throws {
        let reply = try cloud.power("os-stop", ["web-prod-01"], type: "SOFT")
        #expect(reply.status == 200)
        let job = reply.json["job_id"]?.stringValue
        #expect(try cloud.job(job)["status"] == "INIT")
        #expect(try cloud.status("web-prod-01") == ["ACTIVE", "powering-off"])
        cloud.wait(seconds: 2)
        let running = try cloud.job(job)
        #expect(running["status"] == "RUNNING")
        #expect(running["end_time"] == "")
        cloud.wait(seconds: 10)
        let done = try cloud.job(job)
        #expect(done["status"] == "SUCCESS")
        #expect(done["job_type"] == "batchStopServer")
        #expect(done["entities"]?["sub_jobs_total"] == 1)
        #expect(done["entities"]?["sub_jobs"]?.arrayValue?.first?["entities"]?["server_id"] == .string(cloud.id("web-prod-01")))
        #expect(done["begin_time"] != done["end_time"])
        #expect(try cloud.status("web-prod-01") == ["SHUTOFF", nil])
    }

    @Test mutating func aStartMakesAServerActive() throws {
        _ = try cloud.power("os-start", ["batch-worker-01"])
        #expect(try cloud.status("batch-worker-01") == ["SHUTOFF", "powering-on"])
        cloud.wait(seconds: 30)
        #expect(try cloud.status("batch-worker-01") == ["ACTIVE", nil])
    }

    @Test(arguments: [("SOFT", "REBOOT", "rebooting"), ("HARD", "HARD_REBOOT", "rebooting_hard")])
    mutating func aRebootIsVisibleWhileItLasts(type: String, status: String, task: String) throws {
        _ = try cloud.power("reboot", ["web-prod-02"], type: type)
        cloud.wait(seconds: 3)
        #expect(try cloud.status("web-prod-02") == [status, task])
        cloud.wait(seconds: 30)
        #expect(try cloud.status("web-prod-02") == ["ACTIVE", nil])
    }

    @Test mutating func aBatchSucceedsThoughAPartFails() throws {
        let job = try cloud.power("os-start", ["batch-worker-01", "search-prod-02", "batch-worker-03", "batch-worker-04"])
        cloud.wait(seconds: 30)
        let done = try cloud.job(job.json["job_id"]?.stringValue)
        #expect(done["status"] == "SUCCESS")
        let parts = done["entities"]?["sub_jobs"]?.arrayValue ?? []
        #expect(parts.compactMap { $0["status"]?.stringValue } == ["SUCCESS", "FAIL", "FAIL", "SUCCESS"])
        #expect(parts.map { $0["error_code"]?.stringValue } == [nil, "Ecs.0100", "Ecs.0219", nil])
        #expect(parts[1]["entities"]?["errorcode_message"]?.stringValue?.hasPrefix("Ecs.0100") == true)
        #expect(try cloud.status("batch-worker-03") == ["SHUTOFF", nil])
        #expect(try cloud.status("search-prod-02") == ["ERROR", nil])
    }

    @Test mutating func aJobFailsWhenEveryPartDoes() throws {
        let job = try cloud.power("os-start", ["batch-worker-03"])
        cloud.wait(seconds: 30)
        let done = try cloud.job(job.json["job_id"]?.stringValue)
        #expect(done["status"] == "FAIL")
        #expect(done["error_code"] == "Ecs.0219")
        #expect(done["fail_reason"]?.stringValue?.isEmpty == false)
    }

    @Test mutating func aStatusThatAllowsNothingIsRefusedAtOnce() throws {
        let reply = try cloud.power("os-start", ["search-prod-02"])
        #expect(reply.status == 400)
        #expect(reply.ecsCode == "Ecs.0100")
        #expect(try cloud.power("reboot", ["web-prod-04"], type: "SOFT").ecsCode == "Ecs.0100")
    }

    @Test mutating func aServerInWorkIsRefused() throws {
        _ = try cloud.power("os-stop", ["web-prod-01"], type: "SOFT")
        #expect(try cloud.power("reboot", ["web-prod-01"], type: "SOFT").ecsCode == "Ecs.0100")
    }

    @Test mutating func anUnknownServerIsEcs0114AndNothingHappens() throws {
        let reply = try cloud.call(
            "POST",
            "/v1/\(cloud.pid)/cloudservers/action",
            body: [
                "os-stop": [
                    "servers": [["id": .string(cloud.id("web-prod-01"))], ["id": "00000000-0000-4000-8000-000000000000"]], "type": "SOFT",
                ]
            ]
        )
        #expect(reply.status == 404)
        #expect(reply.ecsCode == "Ecs.0114")
        #expect(try cloud.status("web-prod-01") == ["ACTIVE", nil])
    }

    @Test mutating func aLockedServerIsEcs0605() throws {
        #expect(try cloud.power("os-stop", ["db-prod-02"], type: "SOFT").ecsCode == "Ecs.0605")
    }

    @Test mutating func repeatedIDsAreOnePart() throws {
        let job = try cloud.power("os-start", ["batch-worker-01", "batch-worker-01"])
        #expect(try cloud.job(job.json["job_id"]?.stringValue)["entities"]?["sub_jobs_total"] == 1)
    }

    @Test(arguments: [
        #"{"os-start":{"servers":[]}}"#, #"{"os-start":{"servers":[{"id":""}]}}"#, #"{"os-start":{"servers":["x"]}}"#, #"{"os-start":[]}"#,
        #"{"os-halt":{"servers":[{"id":"x"}]}}"#, #"{"reboot":{"servers":[{"id":"x"}]}}"#,
        #"{"os-stop":{"servers":[{"id":"x"}],"type":"soft"}}"#,
        #"{"os-start":{"servers":[{"id":"x"}]},"os-stop":{"servers":[{"id":"x"}]}}"#, "[]", "3",
    ])
    mutating func aMalformedBodyIsEcs0005(body: String) throws {
        let reply = try cloud.call("POST", "/v1/\(cloud.pid)/cloudservers/action", body: try JSONParser.parse(body))
        #expect(reply.status == 400)
        #expect(reply.ecsCode == "Ecs.0005")
    }

    @Test mutating func aThousandServersAreTheMost() throws {
        let rows = Array(repeating: JSONValue.object(["id": "x"]), count: 1_001)
        let reply = try cloud.call("POST", "/v1/\(cloud.pid)/cloudservers/action", body: ["os-start": ["servers": .array(rows)]])
        #expect(reply.ecsCode == "Ecs.0005")
    }
}
