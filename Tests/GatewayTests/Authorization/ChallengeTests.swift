import JSONRPC
import Testing

@testable import Gateway

@Suite struct ChallengeTests {
    private let now = TestToken.now
    private let wellKnown = "/.well-known/oauth-protected-resource"

    private func challenge(_ target: String, engine: TestEngine = TestEngine(), authorization: [String] = []) throws -> [String]? {
        var facts = TestEngine.facts(target)
        facts.authorization = authorization
        return try engine.engine().decide(facts, now: now).refusal?.headers["WWW-Authenticate"]
    }

    @Test("401 without a token: no error, the mount's metadata, the weakest scope") func missingToken() throws {
        #expect(
            try challenge("/ecs/mcp")
                == ["Bearer resource_metadata=\"http://localhost:8080\(wellKnown)/ecs/mcp\", scope=\"readonly\""]
        )
    }

    @Test("401 with a token: error first") func badToken() throws {
        #expect(
            try challenge("/vault/sse", authorization: ["Bearer x"])
                == [
                    "Bearer error=\"invalid_token\", resource_metadata=\"http://localhost:8080\(wellKnown)/vault/sse\", scope=\"admin\""
                ]
        )
    }

    @Test(
        "the path is the request's if it is a resource, the mount otherwise, nothing outside",
        arguments: [
            ("/open", "/open"), ("/open/mcp", "/open/mcp"), ("/open/sse", "/open/sse"), ("/open/messages", "/open"),
            ("/open/mcp/", "/open"), ("/open/x\"y".replacing("\"", with: "%22"), "/open"), ("/nowhere", ""),
        ]
    )
    func path(target: String, resource: String) throws {
        #expect(try challenge(target) == ["Bearer resource_metadata=\"http://localhost:8080\(wellKnown)\(resource)\""])
    }

    @Test("public_url is the base, whatever the Host") func base() throws {
        #expect(
            try challenge("/open/mcp", engine: TestEngine(publicURL: "https://MCP.example.com:443"))
                == ["Bearer resource_metadata=\"https://mcp.example.com\(wellKnown)/open/mcp\""]
        )
    }

    @Test("403 path-rbac: insufficient_scope with the scopes") func insufficientScope() throws {
        let decision = try TestEngine().engine().decide(TestEngine.facts("/vault/mcp", token: TestToken.make()), now: now)
        #expect(
            decision.refusal?.headers["WWW-Authenticate"] == [
                "Bearer error=\"insufficient_scope\", scope=\"admin\", resource_metadata=\"http://localhost:8080\(wellKnown)/vault/mcp\""
            ]
        )
        #expect(decision.refusal?.kind == .authentication)
    }

    @Test("400 for two Authorization headers") func twoHeaders() throws {
        var facts = TestEngine.facts("/ecs/mcp", token: try TestToken.make())
        facts.authorization += facts.authorization
        let refusal = try TestEngine().engine().decide(facts, now: now).refusal
        #expect(refusal?.status == 400)
        #expect(refusal?.reason == "malformed-authorization")
    }

    @Test(
        "metadata of each resource",
        arguments: [("/ecs", "ecs", "readonly"), ("/ecs/mcp", "ecs", "readonly"), ("/vault/sse", "vault", "admin"), ("/open", "open", nil)]
            as [(String, String, String?)]
    )
    func metadata(path: String, service: String, scope: String?) throws {
        let engine = try TestEngine(publicURL: "https://mcp.example.com", issuer: "https://idp.example.com").engine()
        let response = try #require(engine.decide(TestEngine.facts(wellKnown + path, method: "GET"), now: now).response)
        let document = try JSONParser.parse(response.body)
        #expect(document["resource"]?.stringValue == "https://mcp.example.com\(path)")
        #expect(document["authorization_servers"] == ["https://idp.example.com"])
        #expect(document["scopes_supported"] == scope.map { .array([.string($0)]) })
        #expect(document["bearer_methods_supported"] == ["header"])
        #expect(document["resource_name"]?.stringValue == service)
    }

    @Test("an issuer that is no URL is no authorisation server") func issuerIsNoURL() throws {
        let response = try TestEngine().engine().decide(TestEngine.facts("\(wellKnown)/ecs", method: "GET"), now: now).response
        let document = try JSONParser.parse(try #require(response).body)
        #expect(document["authorization_servers"] == nil)
        #expect(document["resource"]?.stringValue == "http://localhost:8080/ecs")
    }

    @Test("other paths have none", arguments: ["", "/", "/nowhere", "/ecs/messages", "/ecs/mcp/", "/ecs/"])
    func noMetadata(path: String) throws {
        let decision = try TestEngine().engine().decide(TestEngine.facts(wellKnown + path, method: "GET"), now: now)
        #expect(decision.refusal?.status == 404)
    }

    @Test("only mode jwt has metadata") func devMode() throws {
        let decision = try TestEngine(isTokenMode: false).engine().decide(TestEngine.facts("\(wellKnown)/ecs", method: "GET"), now: now)
        #expect(decision.step == .mount)
        #expect(decision.refusal?.status == 404)
    }
}
