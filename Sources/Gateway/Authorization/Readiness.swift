import JSONRPC

/// Whether the gateway can do its work, and the state of each service (gateway.md §10.1).
struct Readiness: Sendable, Hashable {
    /// One service.
    struct Service: Sendable, Hashable {
        let name: String
        let state: ServiceState
    }

    /// Whether a verification key is known, the gateway is not draining, and every managed service is ready.
    let isReady: Bool
    /// The mounted services in the manifest's order.
    let services: [Service]

    /// What holds at this moment.
    init(directory: UpstreamDirectory, hasKeys: Bool) {
        isReady = hasKeys && directory.isReady
        services = directory.all.map { Service(name: $0.service, state: $0.state) }
    }

    /// The answer of `/readyz`.
    var response: LocalResponse {
        let states = services.map { JSONValue.object(["name": .string($0.name), "state": .string($0.state.rawValue)]) }
        let body: JSONObject = ["status": .string(isReady ? "ready" : "not-ready"), "services": .array(states)]
        return .json(isReady ? 200 : 503, body.bytes(), headers: [.init("Cache-Control", "no-store")])
    }
}
