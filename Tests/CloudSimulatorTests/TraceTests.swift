import HuaweiCloud
import JSONRPC
import ProcessSupport
import Testing

@testable import CloudSimulator

@Suite struct TraceTests {
    private var cloud = TestCloud()

    private mutating func traces(_ query: [(String, QueryValue)], kind: String = "system", days: Int64 = 7) throws -> TestReply {
        let window: [(String, QueryValue)] = [
            ("trace_type", .text(kind)), ("from", .integer(Int(cloud.now.adding(seconds: -days * 86_400).milliseconds))),
            ("to", .integer(Int(cloud.now.milliseconds) + 1)),
        ]
        return try cloud.call("GET", "/v3/\(cloud.pid)/traces", window + query)
    }

    @Test mutating func aStartIsFoundByItsRequestID() throws {
        let start = try cloud.power("os-start", ["batch-worker-01", "batch-worker-02"])
        cloud.wait(seconds: 1)
        let rows = try traces([("service_type", "ECS"), ("trace_name", "startServer"), ("limit", 200)], days: 1).rows("traces")
        let mine = rows.filter { $0["request_id"]?.stringValue == start.headers["X-Request-Id"] }
        #expect(Set(mine.compactMap { $0["resource_id"]?.stringValue }) == [cloud.id("batch-worker-01"), cloud.id("batch-worker-02")])
        let trace = mine.first ?? .null
        #expect(trace["resource_type"] == "ecs")
        #expect(trace["trace_rating"] == "normal")
        #expect(trace["trace_type"] == "ApiCall")
        #expect(trace["code"] == "200")
        #expect(trace["user"]?["user_name"] == "demo-admin")
        #expect(trace["user"]?["access_key_id"]?.stringValue == cloud.credentials.accessKeyID.reveal())
        #expect(trace["source_ip"] == "127.0.0.1")
        #expect(trace["request"]?.stringValue?.contains("os-start") == true)
        #expect(trace["response"]?.stringValue?.contains("job_id") == true)
        #expect(trace["resource_name"]?.stringValue?.hasPrefix("batch-worker-0") == true)
    }

    @Test mutating func everyOperationHasItsName() throws {
        let before = cloud.world.trail.traces.count
        _ = try cloud.power("os-stop", ["web-prod-01"], type: "SOFT")
        _ = try cloud.power("reboot", ["web-prod-02"], type: "HARD")
        let servers: JSONValue = [["id": .string(cloud.id("web-prod-03"))]]
        _ = try cloud.call("POST", "/v1/\(cloud.pid)/cloudservers/delete", body: ["servers": servers])
        let resize = "/v1.1/\(cloud.pid)/cloudservers/\(cloud.id("batch-worker-01"))/resize"
        _ = try cloud.call("POST", resize, body: ["resize": ["flavorRef": "c6.xlarge.2"], "dry_run": true])
        _ = try cloud.call("POST", resize, body: ["resize": ["flavorRef": "c6.xlarge.2"]])
        let pipeline = "/v5/\(cloud.configuration.codeArtsProjectID)/api/pipelines/\(BuiltInPipelines.id("docs-site"))"
        _ = try cloud.call("POST", "\(pipeline)/run", body: [:])
        _ = try cloud.call("PUT", "\(pipeline)/ban")
        _ = try cloud.call("PUT", "\(pipeline)/unban")
        _ = try cloud.call("PUT", pipeline, body: ["name": "docs-site", "definition": "{}", "manifest_version": "3.0"])
        #expect(
            cloud.world.trail.traces.dropFirst(before).compactMap { $0.text("trace_name") } == [
                "stopServer", "rebootServer", "deleteServer", "resizeServer", "runPipeline", "disablePipeline", "enablePipeline",
                "updatePipeline",
            ]
        )
    }

    @Test mutating func readsAreNotRecorded() throws {
        let before = cloud.world.trail.traces.count
        _ = try cloud.status("web-prod-01")
        _ = try cloud.call("POST", "/v5/\(cloud.configuration.codeArtsProjectID)/api/pipelines/list", body: [:])
        _ = try traces([])
        #expect(cloud.world.trail.traces.count == before)
    }

    @Test mutating func refusedAttemptsAreWarnings() throws {
        _ = try cloud.power("os-stop", ["db-prod-02"], type: "SOFT")
        _ = try cloud.call("POST", "/v5/\(cloud.configuration.codeArtsProjectID)/api/pipelines/nothing/run", body: [:])
        let rows = try traces([("trace_rating", "warning"), ("limit", 2)]).rows("traces")
        #expect(rows.first?["resource_id"] == "nothing")
        #expect(rows.last?["code"] == "403")
        #expect(rows.last?["message"]?.stringValue?.contains("locked") == true)
    }

    @Test mutating func markersReachEveryTraceOnce() throws {
        let all = try traces([("limit", 200)])
        #expect(all.json["meta_data"]?["marker"] == .null)
        let expected = all.texts("traces", "trace_id")
        #expect(expected.count >= 25)
        var ids: [String] = []
        var marker: String?
        repeat {
            let page = try traces([("limit", 7)] + (marker.map { [("next", .text($0))] } ?? []))
            #expect(page.json["meta_data"]?["count"]?.intValue == page.rows("traces").count)
            ids += page.texts("traces", "trace_id")
            marker = page.json["meta_data"]?["marker"]?.stringValue
        } while marker != nil
        #expect(ids == expected)
    }

    @Test mutating func newestComeFirstAndBothEndsAreExclusive() throws {
        let rows = try traces([("limit", 200)]).rows("traces")
        let times = rows.compactMap { $0["time"]?.intValue }
        #expect(times == times.sorted(by: >))
        let query: [(String, QueryValue)] = [("trace_type", "system"), ("from", .integer(times[1])), ("to", .integer(times[0]))]
        #expect(try cloud.call("GET", "/v3/\(cloud.pid)/traces", query).rows("traces").isEmpty)
    }

    @Test mutating func filtersWorkForSystemOnly() throws {
        #expect(try traces([("user", "root")]).rows("traces").count == 1)
        #expect(try traces([("resource_name", "search-prod-02")]).texts("traces", "trace_name") == ["createServer"])
        #expect(try traces([("resource_type", "ecs"), ("resource_id", .text(cloud.id("api-prod-03")))]).rows("traces").count == 1)
        let data = try traces([("user", "nobody"), ("trace_name", "none"), ("limit", 200)], kind: "data")
        #expect(data.rows("traces").count == 45)
    }

    @Test mutating func aTraceIsFoundByIDWhateverElseIsAsked() throws {
        let id = try traces([("limit", 1)]).texts("traces", "trace_id").first ?? ""
        let found = try traces([("trace_id", .text(id)), ("user", "nobody")], days: 1)
        #expect(found.texts("traces", "trace_id") == [id])
        #expect(try traces([("trace_id", "nothing")]).rows("traces").isEmpty)
        let data = try traces([("trace_id", .text(id))], kind: "data")
        #expect(data.rows("traces").count == 10, "data events cannot be looked up")
    }

    @Test mutating func tracesAreForgottenAfterSevenDays() throws {
        _ = try cloud.power("os-start", ["batch-worker-01"])
        cloud.wait(seconds: 7 * 86_400 + 1)
        #expect(try traces([("limit", 200)], days: 30).rows("traces").isEmpty)
    }

    @Test(arguments: [
        ("trace_type", "other"), ("limit", "0"), ("limit", "201"), ("from", "1"), ("to", "now"), ("next", "nothing"),
    ])
    mutating func aParameterThatMakesNoSenseIs400(name: String, value: String) throws {
        var query: [(String, QueryValue)] = [("trace_type", "system")].filter { $0.0 != name }
        query.append((name, .text(value)))
        let reply = try cloud.call("GET", "/v3/\(cloud.pid)/traces", query)
        #expect(reply.status == 400)
        #expect(reply.gatewayCode == "CTS.0003")
    }

    @Test mutating func anotherProjectIsCTS0012() throws {
        let reply = try cloud.call("GET", "/v3/ffffffffffffffffffffffffffffffff/traces", [("trace_type", "system")])
        #expect(reply.status == 403)
        #expect(reply.gatewayCode == "CTS.0012")
    }

    @Test func theBuiltInTrailHasSomethingToMaskAndToCut() {
        let records = BuiltInTraces.make()
        #expect(records.contains { ($0.members["request"]?.stringValue?.utf8.count ?? 0) > 5_000 })
        #expect(records.contains { $0.members["response"]?.stringValue?.contains("secret") == true })
        #expect(records.contains { $0.members["user"] == .null })
        #expect(Set(records.compactMap { $0.members["trace_rating"]?.stringValue }) == ["normal", "warning", "incident"])
        #expect(records.allSatisfy { $0.ageSeconds <= 604_800 })
    }
}
