import AuthCommon
import JSONRPC
import Testing

@testable import Gateway

@Suite struct OwnPathsTests {
    private let now = TestToken.now

    @Test("healthz tells what is mounted and what is not, without authentication", arguments: ["/healthz", "/healthz/"])
    func health(path: String) throws {
        for method in ["GET", "HEAD"] {
            let response = try #require(try TestEngine().engine().decide(TestEngine.facts(path, method: method), now: now).response)
            #expect(response.status == 200)
            #expect(
                String(decoding: response.body, as: UTF8.self)
                    == """
                    {"status":"ok","mounted":[{"name":"ecs","mount_path":"/ecs"},{"name":"vault","mount_path":"/vault"},\
                    {"name":"open","mount_path":"/open"}],"skipped":[{"name":"off","reason":"manifest:disabled"}]}
                    """
            )
        }
    }

    @Test("other methods on own paths are refused", arguments: ["/healthz", "/readyz", "/.well-known/oauth-protected-resource/ecs"])
    func methods(path: String) throws {
        for method in ["POST", "OPTIONS", "DELETE", "get"] {
            let refusal = try TestEngine().engine().decide(TestEngine.facts(path, method: method), now: now).refusal
            #expect(refusal?.status == 405)
        }
    }

    @Test("ready needs a key, every managed service, and no draining") func readiness() throws {
        let directory = UpstreamDirectory()
        directory.addManaged("ecs")
        directory.addExternal("legacy", .tcp(host: "127.0.0.1", port: 1))
        #expect(!Readiness(directory: directory, hasKeys: true).isReady)
        directory.update("ecs", state: .ready, address: .tcp(host: "127.0.0.1", port: 2))
        #expect(Readiness(directory: directory, hasKeys: true).isReady)
        #expect(!Readiness(directory: directory, hasKeys: false).isReady)
        directory.noteConnection(to: "legacy", succeeded: false)
        let response = Readiness(directory: directory, hasKeys: true).response
        #expect(response.status == 200)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"status":"ready","services":[{"name":"ecs","state":"ready"},{"name":"legacy","state":"unreachable"}]}"#
        )
        directory.beginDraining()
        let draining = Readiness(directory: directory, hasKeys: true).response
        #expect(draining.status == 503)
        #expect(try JSONParser.parse(draining.body)["status"] == "not-ready")
    }

    @Test("an error's body and headers") func refusalBody() {
        let refusal = Refusal.retryable(429, "rate-limited", after: 0.2)
        #expect(String(decoding: refusal.response.body, as: UTF8.self) == #"{"error":"rate-limited","status":429}"#)
        #expect(refusal.response.headers["Retry-After"] == ["1"])
        #expect(refusal.response.headers["Cache-Control"] == ["no-store"])
        #expect(refusal.response.headers["Content-Type"] == ["application/json"])
        #expect(Refusal.retryable(503, "x", after: 2.1).response.headers["Retry-After"] == ["3"])
        #expect(Refusal(401, "jwt-invalid:DecodeError").code == "jwt-invalid")
    }
}
