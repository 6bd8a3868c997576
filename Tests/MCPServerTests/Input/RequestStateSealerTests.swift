import AuthCommon
import JSONRPC
import Testing

@testable import MCPServer

/// consent.md §2, mcp.md §3.2: what is in the client's hands is encrypted, authenticated, bound to its call, and expires.
@Suite struct RequestStateSealerTests {
    private static let key = RequestStateKey.random()
    private static let content: JSONObject = ["targets": ["a", "b"], "digest": "0123"]
    private static let arguments: JSONObject = ["server_ids": ["a"], "force": true, "limit": 5]

    private func sealer(
        _ newest: RequestStateKey = key,
        older: [RequestStateKey] = [],
        purpose: String = "consent",
        audience: String = "ecs",
        now: Int64 = 1_000
    ) -> RequestStateSealer {
        RequestStateSealer(newest: newest, older: older, purpose: purpose, audience: audience, lifetime: 120, now: { now })
    }

    private func binding(
        _ subject: String = "sub",
        tenant: String = "t1",
        tool: String = "ecs_delete_server",
        arguments: JSONObject = arguments
    ) -> RequestStateBinding {
        .call(tool, arguments, by: Identity(subject: subject, roles: ["admin"], tenant: tenant))
    }

    @Test func comesBackAsItWasSealed() throws {
        let text = try sealer().seal(Self.content, for: binding())
        let state = try sealer().open(text, for: binding())
        #expect(state.content == Self.content)
        #expect(state.expires == 1_120)
    }

    @Test func tellsNothingAndIsSafeInJSON() throws {
        let text = try sealer().seal(["secret": "hunter2"], for: binding())
        #expect(!text.contains("hunter2"))
        #expect(text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
    }

    @Test func neverSealsTheSameTwice() throws {
        let texts = try (0..<100).map { _ in try sealer().seal(Self.content, for: binding()) }
        #expect(Set(texts).count == 100)
        #expect(Set(try texts.map { try sealer().open($0, for: binding()).nonce }).count == 100)
    }

    @Test func everyAlteredByteIsFound() throws {
        let text = Array(try sealer().seal(Self.content, for: binding()).utf8)
        for index in text.indices {
            var altered = text
            altered[index] = altered[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let forged = String(decoding: altered, as: UTF8.self)
            #expect(throws: RequestStateError.invalid) { try sealer().open(forged, for: binding()) }
        }
    }

    @Test(arguments: [
        "", "A", "AQ", "state", "AQ==", " ", "ü", String(repeating: "A", count: 1_000), String(repeating: "A", count: 100_000),
    ])
    func everyOtherTextIsInvalid(_ text: String) {
        #expect(throws: RequestStateError.invalid) { try sealer().open(text, for: binding()) }
    }

    @Test func shortenedAndLengthenedOnesAreInvalid() throws {
        let text = try sealer().seal(Self.content, for: binding())
        for forged in [String(text.dropLast()), String(text.dropFirst()), text + "A", text + "=", " " + text] {
            #expect(throws: RequestStateError.invalid) { try sealer().open(forged, for: binding()) }
        }
    }

    @Test func anotherCallerTenantToolOrArgumentsDoNotOpenIt() throws {
        let text = try sealer().seal(Self.content, for: binding())
        var more = Self.arguments
        more["force"] = false
        let others = [
            binding("other"), binding(tenant: "t2"), binding(tool: "ecs_stop_server"), binding(arguments: more), binding(arguments: [:]),
            .call("ecs_delete_server", Self.arguments, by: nil),
            RequestStateBinding(
                identity: Identity(subject: "sub", roles: [], tenant: "t1"),
                method: "prompts/get",
                params: ["name": "ecs_delete_server", "arguments": .object(Self.arguments)]
            ),
        ]
        for other in others {
            #expect(throws: RequestStateError.invalid) { try sealer().open(text, for: other) }
        }
    }

    @Test func rolesAndTheOrderOfArgumentsDoNotMatter() throws {
        let text = try sealer().seal(Self.content, for: binding())
        let reordered: JSONObject = ["limit": 5, "server_ids": ["a"], "force": true]
        let sameCaller = Identity(subject: "sub", roles: ["readonly"], tenant: "t1")
        #expect(try sealer().open(text, for: .call("ecs_delete_server", reordered, by: sameCaller)).content == Self.content)
    }

    @Test func answersStateAndMetadataAreNoPartOfTheCall() {
        let plain = RequestStateBinding(identity: nil, method: "tools/call", params: ["name": "a"])
        let retried = RequestStateBinding(
            identity: nil,
            method: "tools/call",
            params: ["name": "a", "inputResponses": ["k": [:]], "requestState": "x", "_meta": ["progressToken": 1]]
        )
        #expect(plain == retried)
    }

    @Test func fieldsCannotBeMovedIntoEachOther() {
        #expect(binding("a", tenant: "bc") != binding("ab", tenant: "c"))
        #expect(binding("", tenant: "") != .call("ecs_delete_server", Self.arguments, by: nil))
    }

    @Test func anotherPurposeOrServerDoesNotOpenIt() throws {
        let text = try sealer().seal(Self.content, for: binding())
        #expect(throws: RequestStateError.invalid) { try sealer(purpose: "rounds").open(text, for: binding()) }
        #expect(throws: RequestStateError.invalid) { try sealer(audience: "pipeline").open(text, for: binding()) }
        #expect(throws: RequestStateError.invalid) { try sealer(purpose: "con", audience: "sentecs").open(text, for: binding()) }
    }

    @Test func expiresWhenItsTimeIsOver() throws {
        let text = try sealer(now: 1_000).seal(Self.content, for: binding())
        #expect(try sealer(now: 1_119).open(text, for: binding()).content == Self.content)
        #expect(throws: RequestStateError.expired) { try sealer(now: 1_120).open(text, for: binding()) }
    }

    @Test func keysAreRotatedNewestFirst() throws {
        let (old, new) = (RequestStateKey.random(), RequestStateKey.random())
        let before = try sealer(old).seal(Self.content, for: binding())
        #expect(try sealer(new, older: [Self.key, old]).open(before, for: binding()).content == Self.content)
        let after = try sealer(new, older: [old]).seal(Self.content, for: binding())
        #expect(throws: RequestStateError.invalid) { try sealer(old).open(after, for: binding()) }
        #expect(throws: RequestStateError.invalid) { try sealer(new).open(before, for: binding()) }
    }

    @Test func replicasWithTheSameKeyOpenEachOthersStates() throws {
        let bytes = Array(UInt8(0)..<32)
        let (one, other) = (try #require(RequestStateKey(bytes)), try #require(RequestStateKey(bytes)))
        #expect(try sealer(other).open(try sealer(one).seal(Self.content, for: binding()), for: binding()).content == Self.content)
    }

    @Test(arguments: [0, 1, 31]) func shortKeysAreRefused(_ count: Int) {
        #expect(RequestStateKey([UInt8](repeating: 7, count: count)) == nil)
    }

    @Test func whatCouldNotComeBackIsNotSealed() {
        let large: JSONObject = ["text": .string(String(repeating: "x", count: RequestStateSealer.longestText))]
        #expect(throws: JSONRPCError.self) { try sealer().seal(large, for: binding()) }
    }

    @Test(arguments: [RequestStateError.invalid, .expired]) func clientIsToldInvalidParams(_ error: RequestStateError) {
        #expect(error.jsonRPC.code == .invalidParams)
    }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
