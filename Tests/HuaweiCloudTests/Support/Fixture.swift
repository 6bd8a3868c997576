import HuaweiCloud
import JSONRPC
import ProcessSupport
import Synchronization

/// A client over a scripted transport, with everything that it touches.
struct Fixture {
    static let accessKey = "AKEXAMPLE"
    static let secretKey = "sk-example-1234567890"

    let transport: ScriptedTransport
    let time = TestClock()
    let records = RecordedLog()
    let client: CloudClient

    init(
        _ steps: [ScriptedTransport.Step],
        region: String = "af-south-1",
        token: String? = nil,
        retries: Int = 2,
        overrides: [String: String] = [:],
        clock: CloudClock? = nil
    ) {
        let transport = ScriptedTransport(steps)
        self.transport = transport
        client = CloudClient(
            transport: transport,
            credentials: StaticCredentials(
                Credentials(
                    accessKeyID: Secret(Self.accessKey),
                    secretAccessKey: Secret(Self.secretKey),
                    securityToken: token.map { Secret($0) }
                )
            ),
            endpoints: Endpoints { overrides[$0] },
            region: region,
            userAgent: "test-server/1.2.3",
            retryPolicy: RetryPolicy(furtherAttempts: retries),
            clock: clock ?? time.clock,
            random: { 1 },
            redactor: Redactor(secrets: [Secret("configured-secret")]),
            log: records.log
        )
    }

    init(_ steps: ScriptedTransport.Step..., token: String? = nil, retries: Int = 2) {
        self.init(steps, token: token, retries: retries)
    }

    /// A read of ECS.
    static let read = CloudRequest(
        service: .ecs,
        operation: "ListServersDetails",
        method: "GET",
        path: "/v1/p1/cloudservers/detail",
        query: [("limit", 20), ("name", "a b")],
        idempotency: .read,
        projectID: "p1"
    )

    /// A write of ECS.
    static let write = CloudRequest(
        service: .ecs,
        operation: "BatchStopServers",
        method: "POST",
        path: "/v1/p1/cloudservers/action",
        body: Array(#"{"os-stop":{}}"#.utf8),
        idempotency: .write,
        projectID: "p1"
    )

    /// The error of a call; nil when it succeeds.
    func failure(of request: CloudRequest) async -> CloudError? {
        do throws(CloudError) {
            _ = try await client.send(request)
            return nil
        } catch { return error }
    }
}

/// A log whose lines are kept.
final class RecordedLog: Sendable {
    private let state = Mutex<[String]>([])

    /// The lines so far, as JSON.
    var lines: [String] { state.withLock { $0 } }

    /// The records so far.
    var events: [JSONObject] { lines.compactMap { (try? JSONParser.parse($0))?.objectValue } }

    /// The log that writes here.
    var log: EventLog {
        let output = LogOutput { line in self.state.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
        return EventLog(logger: "test", level: .trace, sink: LogSink(format: .json, outputs: [output]))
    }
}
