import CloudServer

/// Reads the servers that an operation would touch.
struct TargetReader: Sendable {
    let client: ECSClient

    /// The servers in order of first mention, each once.
    ///
    /// - Throws: `NOT_FOUND` with one detail for each id that is unknown; the cloud's errors.
    func targets(of operation: DestructiveOperation) async throws -> [Target] {
        let plan = TargetRequests(ids: operation.ids)
        var rows: [ServerDetail] = []
        var origin: ResponseOrigin?
        for request in plan.requests {
            let page = try await client.send(request)
            rows += page.servers
            origin = page.origin
        }
        let (found, unknown) = plan.match(rows)
        guard unknown.isEmpty else {
            let details = unknown.map { ToolError.Detail(path: operation.path(at: $0.index), message: "there is no server \($0.id.text)") }
            throw ToolError.noSuchServers(unknown.map(\.id), origin: origin, details: details)
        }
        return found
    }
}
