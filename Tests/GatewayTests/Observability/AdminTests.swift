import AsyncHTTPClient
import AuthCommon
import Crypto
import Foundation
import JSONRPC
import Logging
import NIOCore
import NIOHTTP1
import ProcessSupport
import Synchronization
import Testing

@testable import Gateway

@Suite struct AdminTests {
    private let pages = AdminPages(
        metrics: { "figures" },
        status: { ["version": "1"] },
        identityKeys: ["keys": []],
        health: { .json(200, Array("health".utf8)) },
        readiness: { .json(503, Array("ready".utf8)) }
    )

    @Test(
        "pages",
        arguments: [
            ("/metrics", 200, "figures"), ("/status", 200, "{\n  \"version\": \"1\"\n}"), ("/identity-keys", 200, "{\"keys\":[]}"),
            ("/healthz", 200, "health"), ("/readyz", 503, "ready"), ("/healthz/", 200, "health"),
        ]
    )
    func page(path: String, status: Int, body: String) {
        let answer = pages.answer(method: "GET", path: path, host: "127.0.0.1:9090")
        #expect(answer.status == status)
        #expect(String(decoding: answer.body, as: UTF8.self) == body)
    }

    @Test("no web page can read it", arguments: ["evil.example", "mcp.example.com", "192.0.2.1", "", nil] as [String?])
    func host(host: String?) { #expect(pages.answer(method: "GET", path: "/status", host: host).status == 421) }

    @Test("other methods and paths") func others() {
        #expect(pages.answer(method: "POST", path: "/status", host: "localhost").status == 405)
        #expect(pages.answer(method: "GET", path: "/", host: "localhost").status == 404)
        #expect(pages.answer(method: "GET", path: "/ecs/mcp", host: "localhost").status == 404)
    }

    @Test("the identity key as a JWK set, without the private part") func keySet() throws {
        let key = Curve25519.Signing.PrivateKey()
        let signing = IdentitySigning(key)
        let jwk = try #require(signing.keySet["keys"]?.arrayValue?.first?.objectValue)
        #expect(jwk["x"]?.stringValue == Base64URL.encode(key.publicKey.rawRepresentation))
        #expect(jwk.keys == ["kty", "crv", "x", "use", "alg", "kid"])
        #expect(jwk["kid"]?.stringValue == signing.keyID)
    }

    @Test("listens on loopback, and a busy port is an error", .timeLimit(.minutes(1))) func listens() async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = try await AdminServer.start(port: 0, pages: pages, logger: logger)
        let response = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/metrics"),
            timeout: .seconds(10)
        )
        #expect(response.status == .ok)
        #expect(try await String(buffer: response.body.collect(upTo: 1_000)) == "figures")
        var head = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/metrics")
        head.method = .HEAD
        let answer = try await HTTPClient.shared.execute(head, timeout: .seconds(10))
        #expect(answer.headers["content-length"] == ["7"])
        await #expect(throws: (any Error).self) { try await AdminServer.start(port: server.port, pages: pages, logger: logger) }
        await server.stop()
    }

    @Test("status of services") func status() {
        let directory = UpstreamDirectory()
        directory.addManaged("ecs")
        directory.note("ecs", restarts: 2, lastError: "exited with code 1")
        let page = StatusPage(
            version: "1.2.3",
            uptime: 4.9,
            services: [ServiceEntry(name: "ecs", mountPath: "/ecs", target: .command(["x"]))]
        )
        #expect(
            page.json(directory: directory, metrics: Metrics(), health: HealthFigures(services: HealthFigures.services(directory))).text()
                == """
                {"version":"1.2.3","uptime_seconds":4,"services":[{"name":"ecs","mount_path":"/ecs","kind":"command","state":"starting",\
                "restarts":2,"last_error":"exited with code 1","circuit":"closed","circuit_openings":0,"circuit_rejections":0,\
                "upstream_connections":0,"upstream_connections_limit":10000,"limit_rejections":0,"last_failure":null}],\
                "open_connections":0,"open_streams":0,"audit":null,"revocations":null,"jwks":null}
                """
        )
    }

    @Test("background log keeps the order, drops when nobody reads, and tells so") func background() {
        let written = Mutex("")
        let output = BackgroundLogOutput(LogOutput { line in written.withLock { $0 += String(decoding: line, as: UTF8.self) } })
        for number in 0..<1_000 { output.write(Array("\(number)\n".utf8)) }
        output.flush()
        #expect(written.withLock { $0 } == (0..<1_000).map { "\($0)\n" }.joined())
        output.write(Array(repeating: UInt8(ascii: "x"), count: BackgroundLogOutput.capacity + 1))
        output.flush()
        #expect(written.withLock { $0.isEmpty } == false)
    }
}
