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
    func json(directory: UpstreamDirectory, metrics: Metrics, health: HealthFigures) -> JSONObject {
        let figures = Dictionary(health.services.map { ($0.name, $0) }) { first, _ in first }
        let rows = services.map { service -> JSONValue in
            let history = directory.history(of: service.name)
            let found = figures[service.name]
            var row: JSONObject = [
                "name": .string(service.name), "mount_path": .string(service.mountPath), "kind": .string(service.kind),
                "state": .optional(found?.state.rawValue), "restarts": .int(history.restarts),
                "last_error": .optional(history.lastError),
            ]
            for member in found?.json ?? [:] { row[member.key] = member.value }
            return .object(row)
        }
        let open = metrics.open
        return [
            "version": .string(version), "uptime_seconds": .int(Int(uptime)), "services": .array(rows),
            "open_connections": .int(open.connections), "open_streams": .int(open.streams),
            "audit": health.auditJSON, "revocations": health.revocationsJSON, "jwks": health.keySetJSON,
        ]
    }
}
