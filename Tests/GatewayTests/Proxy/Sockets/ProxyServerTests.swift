import Foundation
import NIOCore
import ProcessSupport
import Synchronization
import Testing

@testable import Gateway

/// The whole data path over sockets.
@Suite(.timeLimit(.minutes(1))) struct ProxyServerTests {
    private static func head(_ text: String) -> String { text.components(separatedBy: "\r\n\r\n")[0] }

    private static func body(_ text: String) -> String {
        text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
    }

    @Test func echoes() async throws {
        try await TestGateway.run { gateway in
            let client = try await gateway.connect()
            try await client.send(TestGateway.request("POST /ecs/mcp", body: "hello"))
            let answer = try await client.receive(until: "hello")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(Self.body(answer) == "hello")
            await client.close()
        }
    }

    @Test func bigBodiesPassByteForByte() async throws {
        try await TestGateway.run { gateway in
            let body = (0..<400_000).map { "\($0 % 97)," }.joined()
            let client = try await gateway.connect()
            try await client.send(TestGateway.request("POST /ecs/mcp", body: body, fields: "Connection: close\r\n"))
            #expect(Self.body(try await client.receiveAll()) == body)
            let chunked = try await gateway.connect()
            try await chunked.send("POST /ecs/mcp HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
            for part in stride(from: 0, to: body.utf8.count, by: 70_000) {
                let piece = body.utf8.dropFirst(part).prefix(70_000)
                try await chunked.send("\(String(piece.count, radix: 16))\r\n\(String(decoding: piece, as: UTF8.self))\r\n")
            }
            try await chunked.send("0\r\n\r\n")
            #expect(Self.body(try await chunked.receiveAll()) == body)
        }
    }

    @Test func manyRequestsAtOnceShareConnections() async throws {
        try await TestGateway.run { gateway in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        let client = try await gateway.connect()
                        for round in 0..<20 {
                            try await client.send(TestGateway.request("POST /ecs/mcp", body: "<\(number)/\(round)>"))
                            try await client.receive(until: "<\(number)/\(round)>")
                        }
                        await client.close()
                    }
                }
                try await group.waitForAll()
            }
            #expect(gateway.upstream.seen.withLock { $0.heads.count } == 320)
            #expect(gateway.upstream.seen.withLock { $0.connections } <= 16)
            #expect(gateway.recorder.records(of: "access").count == 320)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await TestGateway.run { gateway in
            let client = try await gateway.connect()
            let numbers = (0..<50).map { "(\($0))" }
            try await client.send(numbers.map { TestGateway.request("POST /ecs/mcp", body: $0) }.joined())
            let answer = try await client.receive(until: "(49)")
            #expect(answer.matches(of: /\(\d+\)/).map { String($0.output) } == numbers)
            await client.close()
        }
    }

    @Test("a client that goes away cancels the upstream request at once", arguments: ["events", "slow"])
    func disconnect(_ mode: String) async throws {
        try await TestGateway.run { gateway in
            let client = try await gateway.connect()
            try await client.send(TestGateway.request("GET /ecs/mcp?\(mode)"))
            try await TestGateway.eventually { gateway.upstream.seen.withLock { $0.heads.count } == 1 }
            if mode == "events" { try await client.receive(until: "data: hello\n\n") }
            await client.close()
            try await TestGateway.eventually { gateway.upstream.seen.withLock { $0.closedConnections } == 1 }
            try await TestGateway.eventually { gateway.recorder.records(of: "access").count == 1 }
        }
    }

    @Test(
        "gateway.md §9.5",
        arguments: [
            ("/ecs/mcp?unauthorized", 502, "upstream-rejected-identity"), ("/ecs/mcp?redirect", 502, "upstream-invalid-response"),
            ("/ecs/mcp?oversized", 502, "upstream-invalid-response"), ("/ecs/mcp?vanish", 502, "upstream-unreachable"),
            ("/vault/mcp", 502, "upstream-unreachable"),
        ]
    )
    func failures(_ path: String, _ status: Int, _ reason: String) async throws {
        try await TestGateway.run { gateway in
            let client = try await gateway.connect()
            for _ in 0..<2 {
                try await client.send(TestGateway.request("POST \(path)", body: "{}"))
            }
            try await client.send(TestGateway.request("GET /healthz"))
            let answer = try await client.receive(until: "\"skipped\"")
            let expected = "{\"error\":\"\(reason)\",\"status\":\(status)}"
            #expect(answer.components(separatedBy: expected).count == 3)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) Bad Gateway\r\n"))
            await client.close()
        }
    }

    @Test func aResponseThatBreaksIsTorn() async throws {
        try await TestGateway.run { gateway in
            let client = try await gateway.connect()
            try await client.send(TestGateway.request("POST /ecs/mcp?break", body: "{}"))
            let answer = try await client.receiveAll()
            #expect(Self.head(answer).contains("Content-Length: 100"))
            #expect(["half", ""].contains(Self.body(answer)))
        }
    }

    @Test func connectionsThatTheUpstreamClosesAreReplaced() async throws {
        try await TestGateway.run(loops: 1) { gateway in
            let client = try await gateway.connect()
            for number in 0..<20 {
                try await client.send(TestGateway.request("POST /ecs/mcp?close", body: "<\(number)>"))
                try await client.receive(until: "<\(number)>")
            }
            #expect(gateway.upstream.seen.withLock { $0.connections } == 20)
            await client.close()
        }
    }

    @Test func slowReadersAreNotBuffered() async throws {
        try await TestGateway.run(loops: 1) { gateway in
            let client = try await gateway.connect()
            try await client.send(TestGateway.request("GET /ecs/mcp?pour"))
            // The upstream is stopped when the kernel's buffers are full.
            var last = -1
            var written = 0
            repeat {
                last = written
                try await Task.sleep(for: .milliseconds(300))
                written = gateway.upstream.seen.withLock { $0.bytesWritten }
            } while written != last || written == 0
            let buffered = await gateway.server.bufferedBytes()
            #expect(buffered > 0)
            #expect(buffered <= 64 * 1_024 + 3 * 32 * 1_024)
            // It goes on when the client reads.
            _ = try await client.receive(bytes: written + 1_000_000)
            #expect(gateway.upstream.seen.withLock { $0.bytesWritten } > written)
            await client.close()
            try await TestGateway.eventually { gateway.upstream.seen.withLock { $0.closedConnections } == 1 }
        }
    }

    @Test func aRefusalReachesAClientThatIsStillSending() async throws {
        try await TestGateway.run { gateway in
            let client = try await gateway.connect()
            await client.read()
            let body = String(repeating: "x", count: 6_000_000)
            try? await client.send(TestGateway.request("POST /ecs/mcp", body: body))
            let answer = try await client.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
            #expect(answer.hasSuffix("{\"error\":\"body-too-large\",\"status\":413}"))
        }
    }

    @Test func malformedBytesAreRefusedAndTheConnectionCloses() async throws {
        try await TestGateway.run { gateway in
            let client = try await gateway.connect()
            try await client.send("GET / HTTP/1.1\nHost: x\n\n")
            let answer = try await client.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test func timeoutsCloseSlowConnections() async throws {
        var limits = Limits()
        limits.headerTimeout = 1
        limits.responseTimeout = 1
        try await TestGateway.run(limits: limits) { gateway in
            let half = try await gateway.connect()
            try await half.send("GET / HTTP/1.1\r\nHo")
            let slow = try await gateway.connect()
            try await slow.send(TestGateway.request("POST /ecs/mcp?slow", body: "{}"))
            #expect(try await half.receiveAll().hasPrefix("HTTP/1.1 408 "))
            #expect(try await slow.receive(until: "}").hasSuffix("{\"error\":\"upstream-timeout\",\"status\":504}"))
            try await TestGateway.eventually { gateway.upstream.seen.withLock { $0.closedConnections } == 1 }
            await slow.close()
        }
    }

    @Test("gateway.md §11: connections") func connectionsAreLimited() async throws {
        var limits = Limits()
        limits.connections = 2
        try await TestGateway.run(limits: limits) { gateway in
            let clients = [try await gateway.connect(), try await gateway.connect()]
            for client in clients {
                try await client.send(TestGateway.request("GET /healthz"))
                try await client.receive(until: "skipped")
            }
            let third = try await gateway.connect()
            #expect(try await third.receiveAll() == "")
            await clients[0].close()
            try await TestGateway.eventually { gateway.server.openConnections == 1 }
            let fourth = try await gateway.connect()
            try await fourth.send(TestGateway.request("GET /healthz"))
            #expect(try await fourth.receive(until: "skipped").hasPrefix("HTTP/1.1 200 "))
            await fourth.close()
            await clients[1].close()
        }
    }

    @Test func drainingLetsRunningRequestsFinish() async throws {
        try await TestGateway.run { gateway in
            let stream = try await gateway.connect()
            try await stream.send(TestGateway.request("GET /ecs/mcp?events"))
            try await stream.receive(until: "data: hello")
            let running = try await gateway.connect()
            try await running.send(
                TestGateway.request("POST /ecs/mcp", body: "123", fields: "Expect: 100-continue\r\n").dropLast(1).description
            )
            try await TestGateway.eventually { gateway.upstream.seen.withLock { $0.heads.count } == 2 }
            async let drained: Void = gateway.server.drain(for: .seconds(30))
            #expect(try await stream.receiveAll().hasSuffix("\r\n0\r\n\r\n"))
            try await running.send("3")
            #expect(try await running.receiveAll().hasSuffix("\r\n\r\n123"))
            await drained
            await #expect(throws: (any Error).self) { _ = try await gateway.connect() }
        }
    }

    @Test func servesUnixSockets() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gw-\(UInt32.random(in: 0 ... .max))").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await TestGateway.run(address: ListenAddress("unix:\(folder)/g", port: 0), upstreamSocket: "\(folder)/u") { gateway in
            #expect(gateway.server.address == "unix:\(folder)/g")
            let permissions = try FileManager.default.attributesOfItem(atPath: "\(folder)/g")[.posixPermissions] as? Int
            #expect(permissions == 0o600)
            let client = try await RawConnection.connect(unixSocket: "\(folder)/g")
            try await client.send(TestGateway.request("POST /ecs/mcp", body: "over sockets"))
            #expect(try await client.receive(until: "over sockets").hasPrefix("HTTP/1.1 200 OK\r\n"))
            await client.close()
        }
    }

    @Test func anAddressInUseIsAnError() async throws {
        try await TestGateway.run { gateway in
            let address = try ListenAddress("127.0.0.1", port: gateway.server.port ?? 0)
            await #expect(throws: (any Error).self) { try await TestGateway.run(address: address) { _ in } }
        }
    }
}
