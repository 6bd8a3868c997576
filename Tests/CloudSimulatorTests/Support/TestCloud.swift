import Foundation
import HuaweiCloud
import JSONRPC

@testable import CloudSimulator

/// A world with a hand-driven clock and a caller that signs; no sockets.
struct TestCloud {
    var world: World
    /// The machine's time.
    var now: Timestamp
    /// What the caller signs with.
    var credentials: Credentials
    let configuration: SimulatorConfiguration

    init(configuration: SimulatorConfiguration = .demo, dataSet: DataSet? = nil) {
        self.configuration = configuration
        now = Timestamp(milliseconds: 1_770_000_000_000)
        credentials = configuration.credentials
        world = World(
            configuration: configuration,
            dataSet: dataSet ?? DataSet.builtIn(region: configuration.region),
            seed: 7,
            now: now
        )
    }

    var pid: String { configuration.projectID }

    /// A signed request, optionally changed before or after signing.
    func request(
        _ method: String,
        _ path: String,
        _ query: [(String, QueryValue)] = [],
        body: JSONValue? = nil,
        projectID: String? = nil,
        headers: HeaderList = [:],
        signedAt: Timestamp? = nil
    ) throws -> APIRequest {
        var signed = SignedRequest(
            method: method,
            endpoint: try Endpoint(parsing: "http://127.0.0.1:8900"),
            path: path,
            query: CanonicalQuery.make(query),
            headers: HeaderList(
                [
                    HeaderField(name: "User-Agent", value: "test/1"),
                    HeaderField(name: "Content-Type", value: body == nil ? "application/json" : "application/json;charset=utf-8"),
                ] + headers.fields
            ),
            body: body?.bytes() ?? []
        )
        try Signer(credentials: credentials).sign(&signed, at: (signedAt ?? now).date, projectID: projectID ?? pid)
        return APIRequest(method: signed.method, target: signed.target, headers: signed.headers, body: signed.body, peer: "127.0.0.1")
    }

    /// Sends a request and expects an answer.
    mutating func send(_ request: APIRequest) -> APIReply {
        switch world.receive(request, now: now) {
        case .answer(let reply, _): return reply
        case .drop: return APIReply(status: 0, json: nil)
        }
    }

    /// A signed call.
    mutating func call(
        _ method: String,
        _ path: String,
        _ query: [(String, QueryValue)] = [],
        body: JSONValue? = nil
    ) throws -> TestReply {
        let reply = send(try request(method, path, query, body: body))
        return TestReply(reply)
    }

    /// An unsigned control request.
    mutating func control(_ method: String, _ path: String, _ body: JSONValue? = nil) -> TestReply {
        let request = APIRequest(
            method: method,
            target: "/_simulator/\(path)",
            headers: ["Host": "127.0.0.1:8900"],
            body: body?.bytes() ?? []
        )
        return TestReply(send(request))
    }

    /// Lets time pass.
    mutating func wait(seconds: Int64) { now = now.adding(seconds: seconds) }

    /// A server of the built-in data by its name.
    func id(_ name: String) -> String { BuiltInServers.id(name) }

    /// The status and the task state of a server, as the API tells them.
    mutating func status(_ name: String) throws -> [String?] {
        let reply = try call("GET", "/v1/\(pid)/cloudservers/\(id(name))")
        return [reply.json["server"]?["status"]?.stringValue, reply.json["server"]?["OS-EXT-STS:task_state"]?.stringValue]
    }

    /// The status of a job, as the API tells it.
    mutating func job(_ id: String?) throws -> JSONValue {
        try call("GET", "/v1/\(pid)/jobs/\(id ?? "none")").json
    }

    /// Asks for a power action on servers of the built-in data.
    mutating func power(_ action: String, _ names: [String], type: String? = nil) throws -> TestReply {
        var content: JSONObject = ["servers": .array(names.map { ["id": .string(id($0))] })]
        content.set("type", type.map(JSONValue.string))
        return try call("POST", "/v1/\(pid)/cloudservers/action", body: .object([action: .object(content)]))
    }
}

/// An answer with its body read.
struct TestReply {
    let status: Int
    let headers: HeaderList
    let body: [UInt8]
    let json: JSONValue

    init(_ reply: APIReply) {
        status = reply.status
        headers = reply.headers
        body = reply.body
        json = (try? JSONParser.parse(reply.body)) ?? .null
    }

    /// The code of an ECS error.
    var ecsCode: String? { json["error"]?["code"]?.stringValue }

    /// The code of a gateway error.
    var gatewayCode: String? { json["error_code"]?.stringValue }

    /// The rows under a name.
    func rows(_ name: String) -> [JSONValue] { json[name]?.arrayValue ?? [] }

    /// The texts of a member of the rows under a name.
    func texts(_ name: String, _ member: String) -> [String] { rows(name).compactMap { $0[member]?.stringValue } }
}
