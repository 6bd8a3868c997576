import HuaweiCloud
import JSONRPC
import Testing

@testable import CloudSimulator

@Suite struct PipelineTests {
    private var cloud = TestCloud()
    private var base: String { "/v5/\(cloud.configuration.codeArtsProjectID)/api/pipelines" }

    private mutating func list(_ body: JSONObject = [:]) throws -> TestReply {
        try cloud.call("POST", "\(base)/list", body: .object(body))
    }

    private mutating func detail(_ name: String) throws -> JSONValue {
        try cloud.call("GET", "\(base)/\(BuiltInPipelines.id(name))").json
    }

    private mutating func run(_ name: String, _ body: JSONValue = [:]) throws -> TestReply {
        try cloud.call("POST", "\(base)/\(BuiltInPipelines.id(name))/run", body: body)
    }

    private mutating func latestRun(_ name: String) throws -> JSONValue {
        try list(["name": .string(name), "is_banned": true]).rows("pipelines").first?["latest_run"] ?? .null
    }

    private mutating func set(_ name: String, _ state: String) throws -> TestReply {
        try cloud.call("PUT", "\(base)/\(BuiltInPipelines.id(name))/\(state)")
    }

    @Test mutating func listsPagesByRow() throws {
        let first = try list(["offset": 0, "limit": 5, "is_banned": true])
        #expect(first.json["total"] == 13)
        let names = first.texts("pipelines", "name")
        let rest = try list(["offset": 5, "limit": 100, "is_banned": true]).texts("pipelines", "name")
        #expect(Set(names + rest).count == 13)
    }

    @Test mutating func disabledPipelinesAreListedOnDemand() throws {
        #expect(try list(["limit": 100]).texts("pipelines", "name").contains("data-sync-nightly") == false)
        #expect(try list(["limit": 100, "is_banned": true]).texts("pipelines", "name").contains("data-sync-nightly"))
    }

    @Test mutating func filtersAndSorts() throws {
        #expect(try list(["name": "shop"]).rows("pipelines").count == 4)
        #expect(try list(["status": ["FAILED"]]).texts("pipelines", "name") == ["shop-api-deploy"])
        #expect(try list(["status": []]).json["total"] == 12)
        let sorted = try list(["sort_key": "name", "sort_dir": "asc", "limit": 100]).texts("pipelines", "name")
        #expect(sorted.first == "artifact-promotion")
        #expect(sorted.last == "性能测试流水线")
        #expect(try list(["sort_key": "size"]).status == 400)
        #expect(try list(["limit": 0]).status == 400)
    }

    @Test mutating func theDetailHasEveryMember() throws {
        let detail = try detail("shop-web-deploy")
        #expect(detail["project_id"] == .string(cloud.configuration.codeArtsProjectID))
        #expect(detail["region"] == "af-south-1")
        #expect(detail["sources"]?.arrayValue?.first?["params"]?["git_type"] == "codehub")
        #expect(detail["definition"]?.stringValue?.contains("official_devcloud_autoTrigger") == true)
        #expect(detail["triggers"]?.arrayValue?.count == 1)
        #expect(detail["schedules"]?.arrayValue?.count == 1)
    }

    @Test mutating func anUnknownPipelineIsAnErrorWithStatus200() throws {
        for (method, path) in [("GET", ""), ("POST", "/run"), ("PUT", "/ban"), ("PUT", "/unban")] {
            let reply = try cloud.call(method, "\(base)/nothing\(path)", body: method == "POST" ? [:] : nil)
            #expect(reply.status == 200)
            #expect(reply.gatewayCode == "DEVPIPE.00011401")
        }
    }

    @Test mutating func anotherProjectIsNoMembersProject() throws {
        let reply = try cloud.call("POST", "/v5/\(cloud.pid)/api/pipelines/list", body: [:])
        #expect(reply.status == 403)
        #expect(reply.gatewayCode == "DEVPIPE.00011412")
    }

    @Test mutating func aRunGoesThroughItsStages() throws {
        let id = try run("shop-web-deploy").json["pipeline_run_id"]?.stringValue
        var latest = try latestRun("shop-web-deploy")
        #expect(latest["pipeline_run_id"]?.stringValue == id)
        #expect(latest["status"] == "RUNNING")
        #expect(latest["run_number"] == 119)
        #expect(latest["build_params"]?["target_branch"] == "master")
        #expect(latest["end_time"] == .null)
        cloud.wait(seconds: 7)
        latest = try latestRun("shop-web-deploy")
        #expect(latest["stage_status_list"]?.arrayValue?.compactMap { $0["status"]?.stringValue } == ["COMPLETED", "RUNNING", "INIT"])
        cloud.wait(seconds: 20)
        latest = try latestRun("shop-web-deploy")
        #expect(latest["status"] == "COMPLETED")
        #expect(latest["end_time"]?.intValue == Int(cloud.now.milliseconds) - 27_000 + 18_000)
    }

    @Test mutating func aRunFailsWhereTheDataSaysSo() throws {
        _ = try run("shop-api-deploy")
        cloud.wait(seconds: 60)
        #expect(try latestRun("shop-api-deploy")["status"] == "FAILED")
    }

    @Test mutating func aManualStageWaitsForAPerson() throws {
        _ = try run("shop-mobile-build")
        cloud.wait(seconds: 3_600)
        #expect(try latestRun("shop-mobile-build")["status"] == "PAUSED")
    }

    private func source(branch: String?) -> JSONValue {
        [
            "type": "code",
            "params": [
                "git_type": "codehub", "alias": "shop-web", "git_url": "https://codehub.devcloud.example/demo/shop-web.git",
                "build_params": branch.map { ["build_type": "branch", "event_type": "Manual", "target_branch": .string($0)] } ?? .null,
            ],
        ]
    }

    @Test mutating func aSpelledOutSourceChangesTheBranch() throws {
        _ = try run("shop-web-deploy", ["sources": [source(branch: "feature/x")]])
        #expect(try latestRun("shop-web-deploy")["build_params"]?["target_branch"] == "feature/x")
        let reply = try run("shop-web-deploy", ["sources": [source(branch: nil)]])
        #expect(reply.status == 400)
        #expect(reply.json["error_msg"]?.stringValue?.contains("build_type") == true)
    }

    @Test mutating func chosenStagesRunAlone() throws {
        _ = try run("shop-web-deploy", ["choose_stages": ["STAGE_1"], "choose_jobs": ["JOB_0"]])
        #expect(try latestRun("shop-web-deploy")["stage_status_list"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["Test"])
        _ = try run("shop-web-deploy", ["choose_jobs": ["JOB_0"]])
        #expect(try latestRun("shop-web-deploy")["stage_status_list"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["Build"])
    }

    @Test mutating func oneRunAtATimeWhereTheDataSaysSo() throws {
        #expect(try run("infra-terraform").json["pipeline_run_id"] != nil)
        let second = try run("infra-terraform")
        #expect(second.gatewayCode == "DEVPIPE.00011104")
        cloud.wait(seconds: 60)
        #expect(try run("infra-terraform").json["pipeline_run_id"] != nil)
    }

    @Test mutating func banAndUnbanAnswerABareBoolean() throws {
        #expect(String(decoding: try set("docs-site", "ban").body, as: UTF8.self) == "true")
        #expect(String(decoding: try set("docs-site", "ban").body, as: UTF8.self) == "false")
        #expect(try detail("docs-site")["banned"] == true)
        let refused = try run("docs-site")
        #expect(refused.status == 200)
        #expect(refused.gatewayCode == "DEVPIPE.00011416")
        #expect(try set("docs-site", "unban").json == true)
        #expect(try run("docs-site").json["pipeline_run_id"] != nil)
    }

    private func body(of detail: JSONValue, without missing: String...) -> JSONValue {
        var body = JSONObject()
        for name in PipelineStore.replacedMembers where !missing.contains(name) {
            if let value = detail[name], !value.isNull { body[name] = value }
        }
        return .object(body)
    }

    @Test mutating func anUpdateWithEverythingChangesNothingElse() throws {
        let before = try detail("shop-web-deploy")
        cloud.wait(seconds: 10)
        let path = "\(base)/\(BuiltInPipelines.id("shop-web-deploy"))"
        let reply = try cloud.call("PUT", path, body: body(of: before))
        #expect(reply.json["pipeline_id"] == .string(BuiltInPipelines.id("shop-web-deploy")))
        var after = try detail("shop-web-deploy").objectValue ?? [:]
        #expect(after["update_time"]?.intValue ?? 0 > before["update_time"]?.intValue ?? 0)
        after["update_time"] = before["update_time"]
        #expect(JSONValue.object(after).bytes() == before.bytes())
    }

    @Test mutating func whatAnUpdateDoesNotSendIsLost() throws {
        let before = try detail("shop-web-deploy")
        let path = "\(base)/\(BuiltInPipelines.id("shop-web-deploy"))"
        _ = try cloud.call("PUT", path, body: body(of: before, without: "schedules", "description"))
        let after = try detail("shop-web-deploy")
        #expect(after["schedules"] == [])
        #expect(after["description"] == .null)
        #expect(after["variables"] == before["variables"])
    }

    @Test mutating func anUpdateNeedsNameAndDefinitionAndAnEnabledPipeline() throws {
        let path = "\(base)/\(BuiltInPipelines.id("docs-site"))"
        let before = try detail("docs-site")
        #expect(try cloud.call("PUT", path, body: body(of: before, without: "definition")).status == 400)
        #expect(try cloud.call("PUT", path, body: []).status == 400)
        _ = try set("docs-site", "ban")
        #expect(try cloud.call("PUT", path, body: body(of: before)).gatewayCode == "DEVPIPE.00011416")
    }

    @Test mutating func theBuiltInPipelinesShowEveryCase() throws {
        let all = cloud.world.pipelines.pipelines
        #expect(Set(all.flatMap(\.sources).compactMap { $0["params"]?["git_type"]?.stringValue }).count >= 5)
        #expect(all.contains { $0.sources.count > 2 })
        #expect(all.contains { $0.sources.isEmpty })
        #expect(try detail("payments-deploy")["variables"]?.arrayValue?.first?["value"] == "******")
        #expect(try detail("shop-api-deploy")["variables"]?.arrayValue?.first?["is_secret"] == true)
    }
}
