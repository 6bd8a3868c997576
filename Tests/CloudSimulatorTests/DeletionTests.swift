import JSONRPC
import Testing

@testable import CloudSimulator

@Suite struct DeletionTests {
    private var cloud = TestCloud()

    private mutating func delete(_ name: String, addresses: Bool = false, disks: Bool = false) throws -> TestReply {
        try cloud.call(
            "POST",
            "/v1/\(cloud.pid)/cloudservers/delete",
            body: ["delete_publicip": .bool(addresses), "delete_volume": .bool(disks), "servers": [["id": .string(cloud.id(name))]]]
        )
    }

    @Test mutating func aDeletedServerIsGoneWhenTheJobIsOver() throws {
        let reply = try delete("db-staging-01")
        #expect(try cloud.status("db-staging-01") == ["SHUTOFF", "deleting"])
        cloud.wait(seconds: 30)
        #expect(try cloud.job(reply.json["job_id"]?.stringValue)["status"] == "SUCCESS")
        #expect(try cloud.call("GET", "/v1/\(cloud.pid)/cloudservers/\(cloud.id("db-staging-01"))").status == 404)
    }

    @Test(arguments: [(false, false), (true, true)])
    mutating func addressesAndDataDisksOutliveTheServerUnlessTold(addresses: Bool, disks: Bool) throws {
        _ = try delete("db-staging-01", addresses: addresses, disks: disks)
        cloud.wait(seconds: 30)
        let state = cloud.control("GET", "state").json
        #expect(state["detached_volumes"] == (disks ? 0 : 1))
        #expect(state["unbound_addresses"] == (addresses ? 0 : 1))
    }

    @Test mutating func prepaidServersAreUnsubscribedInstead() throws {
        let reply = try delete("monitor-01")
        #expect(reply.status == 400)
        #expect(reply.ecsCode == "Ecs.0513")
    }

    @Test mutating func lockedServersStay() throws { #expect(try delete("bastion-01").ecsCode == "Ecs.0605") }

    @Test mutating func aServerIsDeletedOnce() throws {
        _ = try delete("web-prod-03")
        #expect(try delete("web-prod-03").ecsCode == "Ecs.0100")
        cloud.wait(seconds: 30)
        #expect(try delete("web-prod-03").ecsCode == "Ecs.0114")
    }

    @Test mutating func flagsMustBeBooleans() throws {
        let body: JSONValue = ["delete_volume": "true", "servers": [["id": .string(cloud.id("web-prod-03"))]]]
        #expect(try cloud.call("POST", "/v1/\(cloud.pid)/cloudservers/delete", body: body).ecsCode == "Ecs.0005")
    }
}
