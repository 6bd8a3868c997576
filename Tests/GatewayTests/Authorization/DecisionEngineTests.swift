import AuthCommon
import JSONRPC
import Testing

@testable import Gateway

@Suite struct DecisionEngineTests {
    private let now = TestToken.now

    @Test("a valid request is forwarded without its mount") func forwards() throws {
        let token = try TestToken.make()
        let decision = try TestEngine().engine().decide(TestEngine.facts("/ecs/mcp?x=%2F", token: token), now: now)
        let admission = try #require(decision.admission)
        #expect(admission.mount.service == "ecs")
        #expect(admission.endpoint == .mcp)
        #expect(admission.upstreamPath == "/mcp")
        #expect(admission.query == "x=%2F")
        #expect(admission.caller.identity.subject == "alice")
        #expect(admission.caller.tokenDeadline == now + 630)
        #expect(decision.caller == admission.caller)
        #expect(decision.path == "/ecs/mcp")
    }

    @Test("an encoded path is routed as what it means") func encodedPath() throws {
        let decision = try TestEngine().engine().decide(TestEngine.facts("/%65cs/%6Dcp", token: TestToken.make()), now: now)
        #expect(decision.admission?.upstreamPath == "/mcp")
    }

    /// Each request fails at this step and at all later ones; the first failure answers.
    @Test(
        "the first failing step answers",
        arguments: [
            ("/ecs/../x", "evil", "https://evil", .path, 400, "bad-path:dot-segment"),
            ("/nowhere", "evil", "https://evil", .host, 421, "invalid-host"),
            ("/nowhere", "localhost", "https://evil", .origin, 403, "invalid-origin"),
            ("/healthz", "localhost", "https://evil", .origin, 403, "invalid-origin"),
            ("/healthz", "evil", nil, .host, 421, "invalid-host"),
            ("/nowhere", "localhost", nil, .authentication, 401, "missing-bearer-token"),
            ("/ecs/nowhere", "localhost", nil, .authentication, 401, "missing-bearer-token"),
        ] as [(String, String, String?, Decision.Step, Int, String)]
    )
    func order(target: String, host: String, origin: String?, step: Decision.Step, status: Int, reason: String) throws {
        var facts = TestEngine.facts(target, method: "PATCH", host: host)
        if target == "/healthz" { facts.method = "GET" }
        facts.origins = [origin].compactMap { $0 }
        let decision = try TestEngine().engine().decide(facts, now: now)
        #expect(decision.step == step)
        #expect(decision.refusal?.status == status)
        #expect(decision.refusal?.reason == reason)
    }

    @Test(
        "with a valid token: mount, then roles, then endpoint, then method",
        arguments: [
            ("/nowhere", "PATCH", .mount, 404, "not-found"), ("/", "GET", .mount, 404, "not-found"),
            ("/metrics", "GET", .mount, 404, "not-found"), ("/status", "GET", .mount, 404, "not-found"),
            ("/vault/nowhere", "PATCH", .roles, 403, "path-rbac:required=[admin]"),
            ("/ecs/nowhere", "PATCH", .endpoint, 404, "not-found"), ("/ecs", "POST", .endpoint, 404, "not-found"),
            ("/ecs/healthz", "GET", .endpoint, 404, "not-found"),
            ("/ecs/mcp", "PATCH", .endpoint, 405, "unsupported-method"), ("/ecs/mcp", "post", .endpoint, 405, "unsupported-method"),
            ("/ecs/sse", "POST", .endpoint, 405, "unsupported-method"), ("/ecs/messages", "GET", .endpoint, 405, "unsupported-method"),
        ] as [(String, String, Decision.Step, Int, String)]
    )
    func laterSteps(target: String, method: String, step: Decision.Step, status: Int, reason: String) throws {
        let facts = TestEngine.facts(target, method: method, token: try TestToken.make())
        let decision = try TestEngine().engine().decide(facts, now: now)
        #expect(decision.step == step)
        #expect(decision.refusal?.status == status)
        #expect(decision.refusal?.reason == reason)
        #expect(decision.caller?.identity.subject == "alice")
    }

    @Test("405 names the methods") func allow() throws {
        let engine = try TestEngine().engine()
        let decision = engine.decide(TestEngine.facts("/ecs/mcp", method: "PUT", token: try TestToken.make()), now: now)
        #expect(decision.refusal?.headers["Allow"] == ["GET, POST, DELETE"])
        #expect(engine.decide(TestEngine.facts("/readyz", method: "POST"), now: now).refusal?.headers["Allow"] == ["GET, HEAD"])
    }

    @Test("the logs get a path without its query, also when it is not canonical") func loggedPath() throws {
        let engine = try TestEngine().engine()
        #expect(engine.decide(TestEngine.facts("/a/../b?secret=1"), now: now).path == "/a/../b")
        #expect(engine.decide(TestEngine.facts("/ecs/mcp?secret=1"), now: now).path == "/ecs/mcp")
    }

    @Test("a token in the query or in a cookie is no token") func tokenElsewhere() throws {
        let token = try TestToken.make()
        var facts = TestEngine.facts("/ecs/mcp?access_token=\(token)")
        #expect(try TestEngine().engine().decide(facts, now: now).refusal?.reason == "missing-bearer-token")
        facts.authorization = ["Basic \(token)"]
        #expect(try TestEngine().engine().decide(facts, now: now).refusal?.reason == "missing-bearer-token")
    }

    @Test("several origins are refused, even if each is accepted") func severalOrigins() throws {
        var facts = TestEngine.facts("/healthz", method: "GET")
        facts.origins = ["http://localhost", "http://localhost"]
        #expect(try TestEngine().engine().decide(facts, now: now).refusal?.reason == "invalid-origin")
    }

    @Test("every response to an accepted origin carries the CORS fields") func corsFields() throws {
        let engine = try TestEngine(origins: ["https://app.example.com"]).engine()
        for target in ["/ecs/mcp", "/healthz", "/nowhere"] {
            var facts = TestEngine.facts(target, method: "GET")
            #expect(engine.decide(facts, now: now).corsHeaders.isEmpty)
            facts.origins = ["https://app.example.com"]
            let fields = engine.decide(facts, now: now).corsHeaders
            #expect(fields["Access-Control-Allow-Origin"] == ["https://app.example.com"])
            #expect(fields["Access-Control-Expose-Headers"] == ["WWW-Authenticate, Mcp-Session-Id, X-Request-Id"])
            #expect(fields["Vary"] == ["Origin"])
        }
    }

    @Test("a preflight from an accepted origin needs no authentication; without origin it is no preflight") func preflight() throws {
        let engine = try TestEngine(origins: ["https://app.example.com"]).engine()
        var facts = TestEngine.facts("/ecs/mcp", method: "OPTIONS")
        facts.requestedMethod = "POST"
        #expect(engine.decide(facts, now: now).refusal?.status == 401)
        facts.origins = ["https://app.example.com"]
        #expect(engine.decide(facts, now: now).response?.status == 204)
        facts.requestedMethod = nil
        #expect(engine.decide(facts, now: now).refusal?.status == 401)
        facts.requestedMethod = "POST"
        facts.origins = ["https://evil.example"]
        #expect(engine.decide(facts, now: now).refusal?.reason == "invalid-origin")
    }
}
