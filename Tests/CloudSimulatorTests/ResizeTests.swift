import JSONRPC
import Testing

@testable import CloudSimulator

@Suite struct ResizeTests {
    private var cloud = TestCloud()

    private mutating func resize(
        _ name: String,
        to flavor: String,
        mode: String? = nil,
        dryRun: Bool = false
    ) throws -> TestReply {
        var content: JSONObject = ["flavorRef": .string(flavor)]
        content.set("mode", mode.map(JSONValue.string))
        var body: JSONObject = ["resize": .object(content)]
        if dryRun { body["dry_run"] = true }
        return try cloud.call("POST", "/v1.1/\(cloud.pid)/cloudservers/\(cloud.id(name))/resize", body: .object(body))
    }

    private mutating func flavor(_ name: String) throws -> String? {
        try cloud.call("GET", "/v1/\(cloud.pid)/cloudservers/\(cloud.id(name))").json["server"]?["flavor"]?["id"]?.stringValue
    }

    @Test mutating func aStoppedServerGetsTheFlavorAndStaysStopped() throws {
        let reply = try resize("batch-worker-01", to: "c6.xlarge.2")
        #expect(reply.json["job_id"]?.stringValue != nil)
        cloud.wait(seconds: 3)
        #expect(try cloud.status("batch-worker-01") == ["RESIZE", "resize_migrating"])
        cloud.wait(seconds: 30)
        #expect(try cloud.status("batch-worker-01") == ["SHUTOFF", nil])
        #expect(try flavor("batch-worker-01") == "c6.xlarge.2")
        #expect(try cloud.job(reply.json["job_id"]?.stringValue)["entities"]?["server_id"] == .string(cloud.id("batch-worker-01")))
    }

    @Test mutating func aRunningServerNeedsTheModeAndRunsAgain() throws {
        #expect(try resize("web-prod-01", to: "s6.xlarge.2").ecsCode == "Ecs.0100")
        _ = try resize("web-prod-01", to: "s6.xlarge.2", mode: "withStopServer")
        cloud.wait(seconds: 60)
        #expect(try cloud.status("web-prod-01") == ["ACTIVE", nil])
        #expect(try flavor("web-prod-01") == "s6.xlarge.2")
    }

    @Test(arguments: [
        ("batch-worker-01", "c6.large.2", "Ecs.0009"), ("batch-worker-01", "no.such.1", "Ecs.0029"),
        ("batch-worker-01", "s3.large.2", "Ecs.0019"),
        ("batch-worker-01", "c7.xlarge.2", "Ecs.0019"), ("batch-worker-01", "kc1.large.2", "Ecs.0813"),
        ("batch-worker-03", "kc1.large.2", "Ecs.0029"), ("db-prod-02", "m6.4xlarge.8", "Ecs.0605"),
        ("ci-runner-04", "c6.large.2", "Ecs.0100"),
    ])
    mutating func checksAreTheSameWithAndWithoutDryRun(name: String, flavor: String, code: String) throws {
        #expect(try resize(name, to: flavor).ecsCode == code)
        #expect(try resize(name, to: flavor, dryRun: true).ecsCode == code)
    }

    @Test mutating func aDryRunChangesNothing() throws {
        let reply = try resize("batch-worker-01", to: "c6.xlarge.2", dryRun: true)
        #expect(reply.status == 202)
        #expect(reply.body.isEmpty)
        #expect(try cloud.status("batch-worker-01") == ["SHUTOFF", nil])
        #expect(cloud.world.compute.activeJobs.isEmpty)
    }

    @Test mutating func aPrepaidServerGetsAnOrderInstead() throws {
        let reply = try resize("legacy-erp-01", to: "m6.large.8")
        #expect(reply.json["order_id"]?.stringValue?.hasPrefix("CS") == true)
        #expect(reply.json["job_id"] == nil)
        cloud.wait(seconds: 60)
        #expect(try flavor("legacy-erp-01") == "m3.large.8")
    }

    @Test mutating func anUnknownServerIsEcs0114() throws {
        let path = "/v1.1/\(cloud.pid)/cloudservers/00000000-0000-4000-8000-000000000000/resize"
        let reply = try cloud.call("POST", path, body: ["resize": ["flavorRef": "c6.large.2"]])
        #expect(reply.ecsCode == "Ecs.0114")
    }

    @Test(arguments: [
        #"{}"#, #"{"resize":{}}"#, #"{"resize":{"flavorRef":1}}"#, #"{"resize":{"flavorRef":"c6.large.2","mode":"now"}}"#,
        #"{"resize":{"flavorRef":"c6.large.2"},"dry_run":"yes"}"#,
    ])
    mutating func aMalformedBodyIsEcs0005(body: String) throws {
        let path = "/v1.1/\(cloud.pid)/cloudservers/\(cloud.id("batch-worker-01"))/resize"
        #expect(try cloud.call("POST", path, body: try JSONParser.parse(body)).ecsCode == "Ecs.0005")
    }

    @Test mutating func aFailedResizePutsTheServerBack() throws {
        _ = try resize("batch-worker-03", to: "c6.xlarge.2")
        cloud.wait(seconds: 60)
        #expect(try cloud.status("batch-worker-03") == ["SHUTOFF", nil])
        #expect(try flavor("batch-worker-03") == "c6.large.2")
    }
}
