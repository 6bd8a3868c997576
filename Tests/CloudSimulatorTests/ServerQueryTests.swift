import HuaweiCloud
import JSONRPC
import Testing

@testable import CloudSimulator

@Suite struct ServerQueryTests {
    private var cloud = TestCloud()

    private mutating func list(_ query: [(String, QueryValue)]) throws -> TestReply {
        try cloud.call("GET", "/v1/\(cloud.pid)/cloudservers/detail", query)
    }

    @Test mutating func listsNewestFirstWithTheTotalOfAllPages() throws {
        let reply = try list([("limit", 5), ("offset", 1)])
        #expect(reply.status == 200)
        #expect(reply.rows("servers").count == 5)
        #expect(reply.json["count"]?.intValue == cloud.world.compute.servers.count)
        #expect(reply.texts("servers", "name").first == "开发机-01")
    }

    @Test mutating func offsetIsAPageNumber() throws {
        let all = try list([("limit", 100), ("offset", 1)]).texts("servers", "id")
        var pages: [String] = []
        for page in 1...8 { pages += try list([("limit", 5), ("offset", .integer(page))]).texts("servers", "id") }
        #expect(pages == Array(all.prefix(40)))
        #expect(try list([("limit", 100), ("offset", 9)]).rows("servers").isEmpty)
    }

    @Test mutating func nameIsFuzzyAndADotMatchesAnything() throws {
        #expect(try list([("name", "web-prod")]).rows("servers").count == 4)
        #expect(try list([("name", "WEB.prod.01")]).texts("servers", "name") == ["web-prod-01"])
        #expect(try list([("name", "开发")]).texts("servers", "name") == ["开发机-01"])
        #expect(try list([("name", "no such")]).rows("servers").isEmpty)
    }

    @Test mutating func activeAlsoFindsServersInPassingStates() throws {
        let statuses = Set(try list([("status", "ACTIVE"), ("limit", 100)]).texts("servers", "status"))
        #expect(statuses == ["ACTIVE", "REBOOT", "HARD_REBOOT", "MIGRATING", "VERIFY_RESIZE"])
        #expect(Set(try list([("status", "SHUTOFF"), ("limit", 100)]).texts("servers", "status")) == ["SHUTOFF"])
        #expect(try list([("status", "running")]).ecsCode == "Ecs.0005")
    }

    @Test mutating func filtersByFlavorAddressAndTags() throws {
        #expect(try list([("flavor", "kc1.xlarge.2")]).texts("servers", "name") == ["arm-build-01"])
        #expect(try list([("ip", "10.20.0.")]).rows("servers").count == 5)
        #expect(try list([("ip", "203.0.113.11")]).rows("servers").isEmpty, "floating addresses are not searched")
        #expect(try list([("tags", "env=dev,owner=anna")]).texts("servers", "name") == ["dev-anna-01"])
        #expect(try list([("tags", "负责人=李雷")]).texts("servers", "name") == ["开发机-01"])
        #expect(try list([("tags", "env=prod"), ("not-tags", "env=prod")]).rows("servers").isEmpty)
    }

    @Test(arguments: ["limit", "offset"]) mutating func aNumberThatIsNoneIsRefused(name: String) throws {
        let reply = try list([(name, "many")])
        #expect(reply.status == 400)
        #expect(reply.ecsCode == "Ecs.0005")
    }

    @Test mutating func serverIDIgnoresOtherFiltersAndAnUnknownOneHasOnlyIDAndFault() throws {
        let known = cloud.id("web-prod-01")
        let unknown = "00000000-0000-4000-8000-000000000000"
        let reply = try list([("server_id", .text("\(known.uppercased()),\(unknown)")), ("limit", 2), ("status", "ERROR")])
        #expect(reply.texts("servers", "id") == [known, unknown])
        #expect(reply.rows("servers").first?["name"] == "web-prod-01")
        #expect(reply.rows("servers").last?.objectValue?.keys == ["id", "fault"])
    }

    @Test mutating func oneServerIsDescribedInFull() throws {
        let server = try cloud.call("GET", "/v1/\(cloud.pid)/cloudservers/\(cloud.id("db-prod-01"))").json["server"] ?? .null
        #expect(server["locked"] == true)
        #expect(server["metadata"]?["charging_mode"] == "1")
        #expect(server["flavor"]?["ram"] == "65536")
        #expect(server["OS-EXT-STS:power_state"] == 1)
        #expect(server["os-extended-volumes:volumes_attached"]?.arrayValue?.count == 3)
        #expect(server["os-extended-volumes:volumes_attached"]?.arrayValue?.first?["bootIndex"] == "0")
        #expect(server["addresses"]?.objectValue?.count == 2)
        #expect(server["tags"]?.arrayValue?.contains("env=prod") == true)
    }

    @Test mutating func anUnknownServerIs404ItemNotFound() throws {
        let reply = try cloud.call("GET", "/v1/\(cloud.pid)/cloudservers/00000000-0000-4000-8000-000000000000")
        #expect(reply.status == 404)
        #expect(reply.json["itemNotFound"]?["code"] == 404)
    }

    @Test mutating func flavorsComeWithTheirStateAndCanBeAskedForByZone() throws {
        let path = "/v1/\(cloud.pid)/cloudservers/flavors"
        let all = try cloud.call("GET", path).rows("flavors")
        #expect(all.count >= 20)
        let states = Set(all.compactMap { $0["os_extra_specs"]?["cond:operation:status"]?.stringValue })
        #expect(states.isSuperset(of: ["normal", "abandon", "sellout", "obt"]))
        let inC = try cloud.call("GET", path, [("availability_zone", "af-south-1c")]).texts("flavors", "id")
        #expect(inC.contains("s6.large.2"))
        #expect(!inC.contains("kc1.large.2"))
    }

    @Test mutating func jobsOfThePastCanBeRead() throws {
        #expect(try cloud.job("ff8080829400000000000000000d0001")["status"] == "SUCCESS")
        let failed = try cloud.job("ff8080829400000000000000000d0002")
        #expect(failed["status"] == "FAIL")
        #expect(failed["error_code"] == "Ecs.0219")
        let unpaid = try cloud.job("ff8080829400000000000000000d0003")
        #expect(unpaid["status"] == "PENDING_PAYMENT")
        #expect(unpaid["end_time"] == "")
        #expect(try cloud.call("GET", "/v1/\(cloud.pid)/jobs/nothing").status == 404)
    }

    @Test mutating func aProjectIsFoundByItsRegion() throws {
        let found = try cloud.call("GET", "/v3/projects", [("name", "af-south-1")])
        #expect(found.texts("projects", "id") == [cloud.pid])
        #expect(try cloud.call("GET", "/v3/projects", [("name", "elsewhere")]).rows("projects").isEmpty)
        #expect(try cloud.call("GET", "/v3/projects").rows("projects").count == 2)
    }
}
