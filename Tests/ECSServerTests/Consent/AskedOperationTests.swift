import CloudServer
import Foundation
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// Operations whose user is asked in the call (consent.md).
@Suite(.timeLimit(.minutes(1))) struct AskedOperationTests {
    private static let page = Fixtures.page([Fixtures.webRow])
    private static let both = Fixtures.page([Fixtures.webRow, Fixtures.dbRow])
    private static let job = #"{"job_id":"job-1"}"#

    @Test func aDeletionShowsEverythingThatGoesAndExecutesAfterTheName() async throws {
        let bench = try Bench(.ok(Self.page), .ok(Self.page), .ok(Self.job), policy: .automatic)
        let user = TypingUser("web-1")
        let arguments: JSONObject = ["server_ids": [.string(Fixtures.web)], "delete_publicip": true, "delete_volume": true]
        let envelope = try await bench.call("ecs_delete_server", arguments, user: user)
        #expect(envelope == ["ok": true, "data": ["job_id": "job-1"]])
        #expect(bench.cloud.sent.map(\.method) == ["GET", "GET", "POST"])
        #expect(
            user.questions == [
                """
                Delete 1 server
                elastic IPs: released
                data disks: deleted with all data

                Target: web-1 (id \(Fixtures.web))
                   status: ACTIVE
                   flavor: s6.large.2
                   addresses: 192.168.0.10 (fixed), 203.0.113.7 (floating)
                   deleted with it: system disk /dev/vda vol-0
                   deleted with it: data disk /dev/vdb vol-1
                   deleted with it: elastic IP 203.0.113.7

                Cannot be undone: the deletion, with everything on the disks that are deleted
                Warning: Server 'web-1' (\(Fixtures.web)) loses 1 elastic IP for good: 203.0.113.7.
                Warning: Server 'web-1' (\(Fixtures.web)) loses 1 data disk with all data for good.

                To consent, type exactly this: web-1
                Anything else changes nothing. Without an answer within 120 s, nothing is changed.
                """
            ]
        )
    }

    @Test func whatIsKeptIsNotShownAsDeleted() async throws {
        let bench = try Bench(.ok(Self.page), policy: .automatic)
        let user = TypingUser("no", "no")
        let envelope = try await bench.call("ecs_delete_server", ["server_ids": [.string(Fixtures.web)]], user: user)
        #expect(envelope["error"]?["code"] == "APPROVAL_DECLINED")
        let question = try #require(user.questions.first)
        #expect(question.contains("elastic IPs: kept\ndata disks: kept"))
        #expect(question.components(separatedBy: "deleted with it").count == 2)
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test(arguments: [
        ("stop", "HARD", "cut off"), ("stop", "SOFT", "interrupted"), ("reboot", "HARD", "cut off"), ("reboot", "SOFT", "interrupted"),
    ])
    func stoppingAndRebootingAskByCountForSeveralServers(action: String, type: String, loss: String) async throws {
        let bench = try Bench(.ok(Self.both), .ok(Self.both), .ok(Self.job), policy: .automatic)
        let user = TypingUser("\(action) 2")
        let ids: JSONValue = [.string(Fixtures.web), .string(Fixtures.db)]
        let envelope = try await bench.call(
            "ecs_power_action",
            ["server_ids": ids, "action": .string(action), "type": .string(type)],
            user: user
        )
        #expect(envelope["data"]?["action"] == .string(action))
        let question = try #require(user.questions.first)
        for part in ["2 servers", "type: \(type)", "1. web-1", "2. db-1", "status: SHUTOFF", loss] {
            #expect(question.contains(part), "\(part)")
        }
    }

    @Test func aResizeShowsEveryArgument() async throws {
        let bench = try Bench(.ok(Self.page), .ok(""), .ok(Self.page), .ok(""), .ok(Self.job), policy: .automatic)
        let user = TypingUser("web-1")
        let arguments: JSONObject = [
            "server_id": .string(Fixtures.web), "target_flavor_ref": "s6.xlarge.4", "mode": "withStopServer", "dedicated_host_id": "host-9",
        ]
        #expect(try await bench.call("ecs_resize_server", arguments, user: user)["data"]?["job_id"] == "job-1")
        let question = try #require(user.questions.first)
        for part in ["Resize 1 server", "new flavor: s6.xlarge.4", "mode: withStopServer", "dedicated host: host-9", "flavor: s6.large.2"] {
            #expect(question.contains(part), "\(part)")
        }
        #expect(bench.cloud.writes.count == 1)
    }

    @Test func aServerThatChangedMeanwhileIsNotDeleted() async throws {
        let off = Fixtures.webRow.replacingOccurrences(of: "\"status\":\"ACTIVE\"", with: "\"status\":\"SHUTOFF\"")
        let bench = try Bench(.ok(Self.page), .ok(Fixtures.page([off])), policy: .automatic)
        let envelope = try await bench.call("ecs_delete_server", ["server_ids": [.string(Fixtures.web)]], user: TypingUser("web-1"))
        #expect(envelope["error"]?["code"] == "CONFLICT_STALE_PREVIEW")
        #expect(bench.cloud.writes.isEmpty)
    }

    @Test func aServerThatIsGoneMeanwhileIsAConflict() async throws {
        let bench = try Bench(.ok(Self.page), .ok(Fixtures.page([])), policy: .automatic)
        let envelope = try await bench.call("ecs_delete_server", ["server_ids": [.string(Fixtures.web)]], user: TypingUser("web-1"))
        #expect(envelope["error"]?["code"] == "CONFLICT_STALE_PREVIEW")
        #expect(bench.cloud.writes.isEmpty)
    }
}
