import HuaweiCloud
import JSONRPC
import Testing

@testable import ECSServer

/// The REST mapping of ecs.md §4, byte for byte.
@Suite struct ECSRequestTests {
    private static let pid = "0123456789abcdef0123456789abcdef"
    private static let ids = [Fixtures.web, Fixtures.db]

    /// Method, path with query, and body of a request as they go on the wire.
    private func wire(_ request: some ECSRequest) -> [String] {
        let cloud = request.cloudRequest(projectID: Self.pid)
        let query = CanonicalQuery.make(cloud.query)
        return [
            cloud.method, query.isEmpty ? cloud.path : cloud.path + "?" + query,
            cloud.body.map { String(decoding: $0, as: UTF8.self) } ?? "",
        ]
    }

    @Test func listSendsLimitAndOffsetAlwaysAndOmitsUnsetFilters() {
        let request = ListServersDetailsRequest(name: nil, status: nil, flavorID: nil, ip: nil, tags: nil, limit: 20, offset: 1)
        #expect(wire(request) == ["GET", "/v1/\(Self.pid)/cloudservers/detail?limit=20&offset=1", ""])
    }

    @Test func listSendsEveryFilterPercentEncoded() {
        let request = ListServersDetailsRequest(
            name: "web 1",
            status: "ACTIVE",
            flavorID: "s6.large.2",
            ip: "192.168.",
            tags: "env=prod,team=a b",
            limit: 20,
            offset: 3
        )
        let query = "flavor=s6.large.2&ip=192.168.&limit=20&name=web%201&offset=3&status=ACTIVE&tags=env%3Dprod%2Cteam%3Da%20b"
        #expect(wire(request) == ["GET", "/v1/\(Self.pid)/cloudservers/detail?\(query)", ""])
    }

    @Test func targetsAreAskedForByIdsJoinedByCommas() {
        let request = ListServersDetailsRequest(ids: Self.ids.map(ServerID.init))
        let query = "limit=2&server_id=\(Fixtures.web)%2C\(Fixtures.db)"
        #expect(wire(request) == ["GET", "/v1/\(Self.pid)/cloudservers/detail?\(query)", ""])
    }

    @Test func statusReadsOneServer() {
        #expect(wire(ShowServerRequest(id: ServerID(Fixtures.web))) == ["GET", "/v1/\(Self.pid)/cloudservers/\(Fixtures.web)", ""])
    }

    @Test func flavorsSendTheZoneOnlyIfSet() {
        #expect(wire(ListFlavorsRequest(availabilityZone: nil)) == ["GET", "/v1/\(Self.pid)/cloudservers/flavors", ""])
        #expect(
            wire(ListFlavorsRequest(availabilityZone: "af-south-1a"))
                == ["GET", "/v1/\(Self.pid)/cloudservers/flavors?availability_zone=af-south-1a", ""]
        )
    }

    @Test(arguments: [
        ("ff808082739334d80173941b1e7c0c3e", "ff808082739334d80173941b1e7c0c3e"), ("a/../b", "a%2F..%2Fb"), ("a?b#c", "a%3Fb%23c"),
        ("%2e%2e", "%252e%252e"), ("a b", "a%20b"), ("作业", "%E4%BD%9C%E4%B8%9A"), ("...", "..."), ("a\r\nb", "a%0D%0Ab"),
    ])
    func jobIdIsOnePercentEncodedSegmentWhateverItContains(_ id: String, _ segment: String) {
        #expect(wire(ShowJobRequest(id: id)) == ["GET", "/v1/\(Self.pid)/jobs/\(segment)", ""])
    }

    @Test(arguments: [
        (ServerActionRequest.Action.start, #"{"os-start":{"servers":[{"id":"\#(Fixtures.web)"},{"id":"\#(Fixtures.db)"}]}}"#),
        (.stop(.soft), #"{"os-stop":{"servers":[{"id":"\#(Fixtures.web)"},{"id":"\#(Fixtures.db)"}],"type":"SOFT"}}"#),
        (.stop(.hard), #"{"os-stop":{"servers":[{"id":"\#(Fixtures.web)"},{"id":"\#(Fixtures.db)"}],"type":"HARD"}}"#),
        (.reboot(.soft), #"{"reboot":{"servers":[{"id":"\#(Fixtures.web)"},{"id":"\#(Fixtures.db)"}],"type":"SOFT"}}"#),
        (.reboot(.hard), #"{"reboot":{"servers":[{"id":"\#(Fixtures.web)"},{"id":"\#(Fixtures.db)"}],"type":"HARD"}}"#),
    ])
    func actionsSendTheirBody(_ action: ServerActionRequest.Action, _ body: String) {
        #expect(wire(ServerActionRequest(action: action, ids: Self.ids)) == ["POST", "/v1/\(Self.pid)/cloudservers/action", body])
    }

    @Test func repeatedIdsAreSentAsGiven() {
        let body = wire(ServerActionRequest(action: .start, ids: ["A", "B", "A"]))[2]
        #expect(body == #"{"os-start":{"servers":[{"id":"A"},{"id":"B"},{"id":"A"}]}}"#)
    }

    @Test(arguments: [(true, false), (false, true), (false, false), (true, true)])
    func deleteSendsBothFlagsAlways(_ publicIP: Bool, _ volumes: Bool) {
        let request = DeleteServersRequest(ids: [Fixtures.web], deletesPublicIP: publicIP, deletesVolumes: volumes)
        let body = #"{"delete_publicip":\#(publicIP),"delete_volume":\#(volumes),"servers":[{"id":"\#(Fixtures.web)"}]}"#
        #expect(wire(request) == ["POST", "/v1/\(Self.pid)/cloudservers/delete", body])
    }

    @Test(arguments: [
        (Resize(id: Fixtures.web, flavorRef: "s6.large.4"), #"{"resize":{"flavorRef":"s6.large.4"}}"#),
        (
            Resize(id: Fixtures.web, flavorRef: "s6.large.4", mode: "withStopServer", dedicatedHostID: "d-1"),
            #"{"resize":{"flavorRef":"s6.large.4","mode":"withStopServer","dedicated_host_id":"d-1"}}"#
        ),
    ])
    func resizeUsesVersionOnePointOneAndCamelCaseFlavorRef(_ resize: Resize, _ body: String) {
        let path = "/v1.1/\(Self.pid)/cloudservers/\(Fixtures.web)/resize"
        #expect(wire(ResizeServerRequest(resize: resize)) == ["POST", path, body])
        let dryRun = String(body.dropLast()) + #","dry_run":true}"#
        #expect(wire(CheckResizeRequest(resize: resize)) == ["POST", path, dryRun])
    }

    @Test func onlyRequestsWithoutABodyMayBeRepeated() {
        #expect(ShowServerRequest(id: ServerID(Fixtures.web)).cloudRequest(projectID: "p").idempotency == .read)
        #expect(ServerActionRequest(action: .start, ids: ["a"]).cloudRequest(projectID: "p").idempotency == .write)
        #expect(CheckResizeRequest(resize: Resize(id: "a", flavorRef: "f")).cloudRequest(projectID: "p").idempotency == .write)
    }

    @Test func everyRequestIsBoundToTheProject() {
        #expect(ShowServerRequest(id: ServerID(Fixtures.web)).cloudRequest(projectID: Self.pid).projectID == Self.pid)
    }
}
