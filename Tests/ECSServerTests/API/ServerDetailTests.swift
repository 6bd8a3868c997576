import Foundation
import JSONRPC
import Testing

@testable import ECSServer

/// Leniency in decoding a server (huaweicloud-http.md §7, ecs.md §4.1).
@Suite struct ServerDetailTests {
    @Test(
        arguments: [
            (#"{}"#, nil), (#"{"id":null}"#, nil), (#"{"id":"x"}"#, "x"), (#"{"id":7}"#, "7"), (#"{"id":7.50}"#, "7.50"),
            (#"{"id":true}"#, "true"),
            (#"{"id":{}}"#, nil), (#"{"id":["x"]}"#, nil), (#"{"id":""}"#, ""),
        ] as [(String, String?)]
    )
    func textsAcceptNumbersAndBooleans(_ row: String, _ expected: String?) {
        #expect(server(row).id == expected)
    }

    @Test(
        arguments: [
            (#"{}"#, nil), (#"{"OS-EXT-STS:power_state":1}"#, 1), (#"{"OS-EXT-STS:power_state":"4"}"#, 4),
            (#"{"OS-EXT-STS:power_state":0}"#, 0), (#"{"OS-EXT-STS:power_state":1.0}"#, 1), (#"{"OS-EXT-STS:power_state":1.5}"#, nil),
            (#"{"OS-EXT-STS:power_state":"running"}"#, nil), (#"{"OS-EXT-STS:power_state":true}"#, nil),
        ] as [(String, Int?)]
    )
    func integersAcceptDecimalTexts(_ row: String, _ expected: Int?) {
        #expect(server(row).powerState == expected)
    }

    @Test(
        arguments: [
            (#"{}"#, nil), (#"{"locked":true}"#, true), (#"{"locked":"TRUE"}"#, true), (#"{"locked":"false"}"#, false),
            (#"{"locked":1}"#, nil),
            (#"{"locked":"yes"}"#, nil), (#"{"locked":null}"#, nil),
        ] as [(String, Bool?)]
    )
    func booleansAcceptTheirTexts(_ row: String, _ expected: Bool?) {
        #expect(server(row).locked == expected)
    }

    @Test(arguments: [
        #"{"flavor":"s6","image":[],"addresses":"none","os-extended-volumes:volumes_attached":"x","security_groups":3,"metadata":[1]}"#,
        #"{"flavor":null,"image":null,"addresses":[],"os-extended-volumes:volumes_attached":null,"security_groups":[1,"a",null],"metadata":7}"#,
    ])
    func aBadFieldNeverFailsTheRow(_ row: String) {
        let server = server(row)
        #expect(server.flavor == nil)
        #expect(server.imageID == nil)
        #expect(server.networks.isEmpty)
        #expect(server.volumes.isEmpty)
        #expect(server.securityGroups.isEmpty)
        #expect(server.metadata.isEmpty)
    }

    @Test func aSingleValueIsAnArrayOfOne() {
        let server = server(#"{"tags":"a=b","addresses":{"n":{"addr":"10.0.0.1"}},"security_groups":{"id":"sg"}}"#)
        #expect(server.tags == ["a=b"])
        #expect(server.networks.first?.addresses.first?.addr == "10.0.0.1")
        #expect(server.securityGroups.first?.id == "sg")
    }

    @Test func rowsThatAreNoObjectsAreSkipped() {
        let server = server(
            #"{"addresses":{"n":[1,null,"x",{"addr":"10.0.0.1"}]},"os-extended-volumes:volumes_attached":[[],{"id":"v"}],"tags":[{},"a=b",null]}"#
        )
        #expect(server.networks.first?.addresses.count == 1)
        #expect(server.volumes.map(\.id) == ["v"])
        #expect(server.tags == ["a=b"])
    }

    @Test(
        arguments: [
            (#"{}"#, nil), (#"{"metadata":{"charging_mode":"1"}}"#, true), (#"{"metadata":{"charging_mode":1}}"#, true),
            (#"{"metadata":{"charging_mode":"0"}}"#, false), (#"{"metadata":{"charging_mode":"2"}}"#, false),
            (#"{"metadata":{"charging_mode":null}}"#, nil), (#"{"metadata":{}}"#, nil),
        ] as [(String, Bool?)]
    )
    func prepaidIsChargingModeOne(_ row: String, _ expected: Bool?) {
        #expect(server(row).isPrepaid == expected)
    }

    @Test func anUnknownIdIsARowWithoutStatus() {
        #expect(!server(Fixtures.ghostRow).exists)
        #expect(!server(#"{"id":"x","status":null}"#).exists)
        #expect(server(Fixtures.webRow).exists)
    }

    @Test("what is read of a row is all that is used of it", arguments: [Fixtures.webRow, Fixtures.dbRow, Fixtures.ghostRow, fullRow])
    func selectedMembersSuffice(_ row: String) throws {
        let kept = try #require(try JSONParser.parse(Array(row.utf8), keeping: ServerDetail.members).objectValue)
        #expect(String(describing: ServerDetail(kept)) == String(describing: server(row)))
    }

    @Test("what a list reads of a row is all that its summary shows", arguments: [Fixtures.webRow, Fixtures.dbRow, fullRow])
    func summaryMembersSuffice(_ row: String) throws {
        let kept = try #require(try JSONParser.parse(Array(row.utf8), keeping: ServerSummary.source).objectValue)
        #expect(ServerSummary.json(ServerDetail(kept)) == ServerSummary.json(server(row)))
    }

    /// A row in which nothing is missing.
    private static let fullRow = Fixtures.webRow
        .replacing(#""OS-EXT-STS:task_state":null"#, with: #""OS-EXT-STS:task_state":"powering-off""#)

    @Test("the full row has every member")
    func fullRowIsFull() {
        for child in Mirror(reflecting: server(Self.fullRow)).children {
            let value = Mirror(reflecting: child.value)
            #expect(value.displayStyle != .optional && value.displayStyle != .collection || !value.children.isEmpty, "\(child.label ?? "")")
        }
    }
}
