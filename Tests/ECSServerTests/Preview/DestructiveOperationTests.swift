import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

@Suite struct DestructiveOperationTests {
    private static let all: [DestructiveOperation] = [
        .stop(ids: [Fixtures.web, Fixtures.web], type: .hard), .reboot(ids: [Fixtures.db], type: .soft),
        .delete(ids: [Fixtures.web], publicIP: true, volumes: false), .delete(ids: [Fixtures.web], publicIP: false, volumes: true),
        .resize(Resize(id: Fixtures.web, flavorRef: "f")),
        .resize(Resize(id: Fixtures.web, flavorRef: "f", mode: "withStopServer", dedicatedHostID: "d")),
    ]

    @Test(arguments: all)
    func theStoredContentIsEnoughToExecute(_ operation: DestructiveOperation) {
        #expect(DestructiveOperation(content: operation.content) == operation)
    }

    @Test(arguments: [
        "{}", #"{"action":"halt"}"#, #"{"action":"stop","server_ids":["a"]}"#, #"{"action":"stop","server_ids":[],"type":"SOFT"}"#,
        #"{"action":"delete","server_ids":["a"],"delete_publicip":true}"#, #"{"action":"resize","server_id":"a"}"#,
    ])
    func anythingElseIsNoOperation(_ content: String) {
        #expect(DestructiveOperation(content: object(content)) == nil)
    }

    @Test func aResizeKeepsItsNulls() {
        #expect(
            DestructiveOperation.resize(Resize(id: "a", flavorRef: "f")).content.text()
                == #"{"action":"resize","server_id":"a","target_flavor_ref":"f","mode":null,"dedicated_host_id":null}"#
        )
    }
}
