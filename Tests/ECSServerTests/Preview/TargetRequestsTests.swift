import HuaweiCloud
import JSONRPC
import Testing

@testable import ECSServer

/// How the targets of an operation are read (ecs.md §3.3).
@Suite struct TargetRequestsTests {
    @Test func eachDistinctIdIsAskedForOnceInOrderOfFirstMention() {
        let plan = TargetRequests(ids: [Fixtures.db.uppercased(), Fixtures.web, Fixtures.db, Fixtures.web])
        #expect(plan.mentions.map(\.id.text) == [Fixtures.db.uppercased(), Fixtures.web])
        #expect(plan.mentions.map(\.index) == [0, 1])
        #expect(plan.requests.map { CanonicalQuery.make($0.query) } == ["limit=2&server_id=\(Fixtures.db.uppercased())%2C\(Fixtures.web)"])
    }

    @Test(arguments: [(1, [1]), (100, [100]), (101, [100, 1]), (1000, Array(repeating: 100, count: 10))])
    func atMostAHundredIdsAreAskedForInOneRequest(_ count: Int, _ sizes: [Int]) {
        let requests = TargetRequests(ids: Fixtures.ids(count)).requests
        let limits = requests.map { CanonicalQuery.make($0.query).prefix { $0 != "&" } }
        #expect(limits == sizes.map { "limit=\($0)" })
    }

    @Test func rowsAreMatchedWithoutRegardToCaseAndShownAsTheCallerWroteThem() {
        let plan = TargetRequests(ids: [Fixtures.db.uppercased()])
        let (found, unknown) = plan.match([server(Fixtures.dbRow)])
        #expect(found.map(\.id) == [Fixtures.db.uppercased()])
        #expect(found.first?.json["server_id"]?.stringValue == Fixtures.db.uppercased())
        #expect(unknown.isEmpty)
    }

    @Test func anIdWithoutARowOrWithANullStatusIsUnknown() {
        let plan = TargetRequests(ids: [Fixtures.web, Fixtures.ghost, Fixtures.db])
        let (found, unknown) = plan.match([server(Fixtures.ghostRow), server(Fixtures.dbRow)])
        #expect(found.map(\.id) == [Fixtures.db])
        #expect(unknown.map(\.index) == [0, 1])
    }

    @Test func aRowThatWasNotAskedForIsIgnored() {
        let (found, unknown) = TargetRequests(ids: [Fixtures.web]).match([server(Fixtures.dbRow), server(Fixtures.webRow)])
        #expect(found.map(\.id) == [Fixtures.web])
        #expect(unknown.isEmpty)
    }

    @Test func aTargetHasItsMembersInOrder() {
        #expect(
            Target(id: Fixtures.web, server: server(Fixtures.webRow)).json.text()
                == #"{"server_id":"\#(Fixtures.web)","name":"web-1","status":"ACTIVE","flavor_id":"s6.large.2","addresses":[{"addr":"192.168.0.10","type":"fixed"},{"addr":"203.0.113.7","type":"floating"}],"volumes_attached":[{"id":"vol-0","device":"/dev/vda","boot_index":"0","delete_on_termination":"true"},{"id":"vol-1","device":"/dev/vdb","boot_index":null,"delete_on_termination":"false"}],"locked":false,"prepaid":false,"availability_zone":"af-south-1a","tags":["env=prod","team=web"]}"#
        )
    }

    @Test func aTargetKeepsWhatIsAlwaysPresentAndPrunesTheRest() {
        #expect(
            Target(id: "X", server: server(#"{"status":"ACTIVE"}"#)).json.text()
                == #"{"server_id":"X","name":null,"status":"ACTIVE","flavor_id":null,"addresses":[],"volumes_attached":[],"locked":null,"prepaid":null}"#
        )
    }
}
