import JSONRPC

/// The gateway's own paths on the public listener (gateway.md §10.1).
struct OwnPaths: Sendable {
    private let health: [UInt8]
    private let readiness: @Sendable () -> Readiness
    private let metadata: ResourceMetadata?

    /// - Parameters:
    ///   - mounted: Service and mount path of what is mounted, in the manifest's order.
    ///   - skipped: Service and reason of what is not.
    ///   - readiness: Asked for each `/readyz`.
    ///   - metadata: The protected-resource metadata, in mode `jwt` only.
    init(
        mounted: [Mount],
        skipped: [SkippedService],
        readiness: @escaping @Sendable () -> Readiness,
        metadata: ResourceMetadata?
    ) {
        let mountedJSON = mounted.map { JSONValue.object(["name": .string($0.service), "mount_path": .string($0.path)]) }
        let skippedJSON = skipped.map { JSONValue.object(["name": .string($0.name), "reason": .string($0.reason)]) }
        let health: JSONObject = ["status": "ok", "mounted": .array(mountedJSON), "skipped": .array(skippedJSON)]
        self.health = health.bytes()
        self.readiness = readiness
        self.metadata = metadata
    }

    /// The answer at one of the gateway's own paths; nil when the path is not one of them.
    func answer(method: String, path: String, mounts: MountTable, host: String) -> Decision.Outcome? {
        let respond: () -> Decision.Outcome
        if Self.isPath(path, "/healthz") {
            respond = { .respond(healthResponse) }
        } else if Self.isPath(path, "/readyz") {
            respond = { .respond(readinessResponse) }
        } else if let metadata, let rest = Self.resource(of: path) {
            respond = {
                guard let document = metadata.document(for: String(rest), in: mounts, host: host) else {
                    return .refuse(Refusal(404, "not-found"))
                }
                return .respond(document)
            }
        } else {
            return nil
        }
        guard method == "GET" || method == "HEAD" else {
            return .refuse(Refusal(405, "unsupported-method", headers: [.init("Allow", "GET, HEAD")]))
        }
        return respond()
    }

    /// The answer of `/healthz`.
    var healthResponse: LocalResponse { .json(200, health, headers: [.init("Cache-Control", "no-store")]) }

    /// The answer of `/readyz`.
    var readinessResponse: LocalResponse { readiness().response }

    private static func isPath(_ path: String, _ own: String) -> Bool {
        let bytes = path.utf8
        return bytes.elementsEqual(own.utf8) || bytes.elementsEqual("\(own)/".utf8)
    }

    private static func resource(of path: String) -> Substring? {
        let prefix = ResourceMetadata.prefix
        guard path.utf8.starts(with: prefix.utf8) else { return nil }
        let rest = path[path.utf8.index(path.utf8.startIndex, offsetBy: prefix.utf8.count)...]
        return rest.isEmpty || rest.utf8.first == UInt8(ascii: "/") ? rest : nil
    }
}
