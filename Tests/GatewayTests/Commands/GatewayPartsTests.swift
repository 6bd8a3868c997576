import AuthCommon
import Crypto
import CryptoExtras
import ProcessSupport
import Testing

@testable import Gateway

/// What a reload changes, and what it does not.
@Suite struct GatewayPartsTests {
    private func plan(_ manifest: String, replacing running: GatewayPlan? = nil) throws -> GatewayPlan {
        let host = TestFiles(files: ["manifest.json": manifest]).host(["MCP_GATEWAY_AUTH_MODE": "dev"])
        return try GatewayPlan.load(GatewayOptions(), on: host, for: .serve, replacing: running)
    }

    private func status(_ parts: GatewayParts, _ target: String) -> Int? {
        let decision = parts.configuration.current.engine.decide(TestEngine.facts(target), now: TestToken.now)
        return decision.admission == nil ? decision.refusal?.status : 200
    }

    @Test("a new plan is in force as a whole; sessions and assertions go on", .timeLimit(.minutes(1))) func adopts() async throws {
        let old = try plan(#"{"services":[{"name":"a","upstream":"http://127.0.0.1:1"},{"name":"b","upstream":"http://127.0.0.1:2"}]}"#)
        let parts = GatewayParts(old, console: try TestConsole().console(), output: LogOutput { _ in })
        let before = parts.configuration.current
        #expect(status(parts, "/a/mcp") == 200)
        #expect(status(parts, "/b/mcp") == 200)
        parts.directory.noteConnection(to: "a", succeeded: false)

        let new = try plan(
            """
            {"limits":{"burst":7},"services":[{"name":"c","upstream":"http://127.0.0.1:3"},
            {"name":"a","required_roles":["auditor"],"upstream":"http://127.0.0.1:1"}]}
            """,
            replacing: old
        )
        parts.adopt(new)
        let after = parts.configuration.current
        #expect(status(parts, "/a/mcp") == 403)
        #expect(status(parts, "/b/mcp") == 404)
        #expect(status(parts, "/c/mcp") == 200)
        #expect(after.limits.burst == 7)
        #expect(before.limits.burst == nil)
        #expect(after.sessionKey == before.sessionKey)
        #expect(after.assertions === before.assertions)
        #expect(parts.directory.all.map(\.service) == ["c", "a"])
        #expect(parts.directory.upstream(of: "a")?.state == .unreachable)
        await parts.stop()
    }

    @Test("a key file is read again, also when the manifest is as it was", .timeLimit(.minutes(1))) func keyFile() async throws {
        func plan(_ key: String, replacing running: GatewayPlan? = nil) throws -> GatewayPlan {
            let files = ["manifest.json": #"{"jwt":{"public_key":"file:key.pem"}}"#, "./key.pem": key]
            return try GatewayPlan.load(GatewayOptions(), on: TestFiles(files: files).host([:]), for: .serve, replacing: running)
        }
        let first = try TestKeys.trusted().publicKey
        let second = try TestKeys.foreign().publicKey
        let old = try plan(first.pemRepresentation)
        let parts = GatewayParts(old, console: try TestConsole().console(), output: LogOutput { _ in })
        #expect(parts.keys.current.keys.pinned.map(\.derRepresentation) == [first.derRepresentation])
        let new = try plan(second.pemRepresentation, replacing: old)
        #expect(PlanDifferences(from: old, to: new).texts == ["jwt keys changed"])
        parts.adopt(new)
        #expect(parts.keys.current.keys.pinned.map(\.derRepresentation) == [second.derRepresentation])
        await parts.stop()
    }

    @Test("the admin pages tell about the plan in force", .timeLimit(.minutes(1))) func pages() async throws {
        let old = try plan(#"{"services":[{"name":"a","upstream":"http://127.0.0.1:1"}]}"#)
        let parts = GatewayParts(old, console: try TestConsole().console(), output: LogOutput { _ in })
        let pages = parts.adminPages
        func body(_ path: String) -> String {
            String(decoding: pages.answer(method: "GET", path: path, host: "localhost").body, as: UTF8.self)
        }
        #expect(body("/healthz").contains(#""name":"a""#))
        #expect(body("/status").contains("\"mount_path\": \"/a\""))
        parts.adopt(try plan(#"{"services":[{"name":"z","upstream":"http://127.0.0.1:1"}]}"#, replacing: old))
        #expect(body("/healthz").contains(#""name":"z""#))
        #expect(body("/readyz").contains(#""status":"ready""#))
        #expect(body("/metrics").contains("mcp_gateway_open_connections 0\n"))
        #expect(body("/identity-keys").contains(#""crv":"Ed25519""#))
        await parts.stop()
    }
}
