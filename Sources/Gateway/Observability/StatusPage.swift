import JSONRPC

/// What `/status` on the admin listener shows (gateway.md §10.1).
struct StatusPage: Sendable {
    /// The version.
    let version: String
    /// Seconds since the start.
    let uptime: Double
    /// The mounted services.
    let services: [ServiceEntry]

    /// The page.
    func json(directory: UpstreamDirectory, metrics: Metrics) -> JSONObject {
        let states = Dictionary(directory.all.map { ($0.service, $0.state) }) { first, _ in first }
        let rows = services.map { service -> JSONValue in
            let history = directory.history(of: service.name)
            return [
                "name": .string(service.name), "mount_path": .string(service.mountPath), "kind": .string(service.kind),
                "state": .optional(states[service.name]?.rawValue), "restarts": .int(history.restarts),
                "last_error": .optional(history.lastError),
            ]
        }
        let open = metrics.open
        return [
            "version": .string(version), "uptime_seconds": .int(Int(uptime)), "services": .array(rows),
            "open_connections": .int(open.connections), "open_streams": .int(open.streams),
        ]
    }
}
