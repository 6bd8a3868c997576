import Foundation
import HuaweiCloud
import JSONRPC
import ProcessSupport
import Testing

@testable import CloudSimulator

/// The listener with a socket, asked by the project's own client.
@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
    private func simulator() -> Simulator {
        let now = Timestamp(Date())
        let world = World(configuration: .demo, dataSet: .builtIn(region: "af-south-1"), seed: 1, now: now)
        return Simulator(world, clock: { Timestamp(Date()) })
    }

    private func withClient(_ body: (CloudClient, Int) async throws -> Void) async throws {
        let listener = try await HTTPListener.start(host: "127.0.0.1", port: 0, simulator: simulator())
        let url = "http://127.0.0.1:\(listener.port)"
        let transport = AsyncHTTPTransport()
        let client = CloudClient(
            transport: transport,
            credentials: StaticCredentials(SimulatorConfiguration.demo.credentials),
            endpoints: Endpoints(overrides: { name in name.hasPrefix("HUAWEICLOUD_SDK_") ? url : nil }),
            region: "af-south-1",
            userAgent: "test/1",
            log: .disabled
        )
        do {
            try await body(client, listener.port)
        } catch {
            await transport.shutdown()
            await listener.stop()
            throw error
        }
        await transport.shutdown()
        await listener.stop()
    }

    private var pid: String { SimulatorConfiguration.demo.projectID }

    @Test func theProjectsClientLooksUpItsProjectActsAndSeesTheChange() async throws {
        try await withClient { client, port in
            #expect(try await ProjectIDResolver(configured: nil, client: client).projectID() == pid)
            let started = try await client.send(
                CloudRequest(
                    service: .ecs,
                    operation: "start",
                    method: "POST",
                    path: "/v1/\(pid)/cloudservers/action",
                    body: JSONValue.object(["os-start": ["servers": [["id": .string(BuiltInServers.id("batch-worker-01"))]]]]).bytes(),
                    idempotency: .write,
                    projectID: pid
                )
            )
            #expect(started.requestID != nil)
            let job = try started.json()["job_id"]?.stringValue ?? ""
            try await control(port, "clock", #"{"advance_seconds":60}"#)
            let done = try await client.send(
                CloudRequest(
                    service: .ecs,
                    operation: "job",
                    method: "GET",
                    path: "/v1/\(pid)/jobs/\(job)",
                    idempotency: .read,
                    projectID: pid
                )
            )
            #expect(try done.json()["status"] == "SUCCESS")
        }
    }

    @Test func aDroppedConnectionIsRetriedByReadsOnly() async throws {
        try await withClient { client, port in
            try await control(port, "faults", #"{"drop":true}"#)
            let answer = try await client.send(
                CloudRequest(
                    service: .ecs,
                    operation: "list",
                    method: "GET",
                    path: "/v1/\(pid)/cloudservers/detail",
                    query: [("name", "web-prod-01 +/%")],
                    idempotency: .read,
                    projectID: pid
                )
            )
            #expect(try answer.json()["count"] == 0)
        }
    }

    @Test func aPortInUseIsOneLine() async throws {
        let first = try await HTTPListener.start(host: "127.0.0.1", port: 0, simulator: simulator())
        await #expect {
            _ = try await HTTPListener.start(host: "127.0.0.1", port: first.port, simulator: simulator())
        } throws: { error in
            "\(error)" == "127.0.0.1:\(first.port) is in use; choose another --port, or 0 for any free one"
        }
        await first.stop()
    }

    private func control(_ port: Int, _ path: String, _ body: String) async throws {
        let request = APIRequest(
            method: "POST",
            target: "/_simulator/\(path)",
            headers: ["Host": "127.0.0.1:\(port)"],
            body: Array(body.utf8)
        )
        let endpoint = try Endpoint(parsing: "http://127.0.0.1:\(port)")
        let transport = AsyncHTTPTransport()
        let signed = SignedRequest(
            method: request.method,
            endpoint: endpoint,
            path: request.path,
            headers: request.headers,
            body: request.body
        )
        let answer = try await transport.execute(signed, timeout: .seconds(5))
        await transport.shutdown()
        #expect(answer.status == 200)
    }
}
