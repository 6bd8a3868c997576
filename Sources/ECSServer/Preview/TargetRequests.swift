/// Which servers must be read before an operation, and in which requests (ecs.md §3.3).
struct TargetRequests: Sendable {
    /// The most ids that one request asks for.
    static let batchSize = 100

    /// The distinct ids in order of first mention, each with the index of that mention.
    let mentions: [(id: ServerID, index: Int)]

    init(ids: [String]) {
        var seen: Set<ServerID> = []
        mentions = ids.enumerated().compactMap { index, text in
            let id = ServerID(text)
            return seen.insert(id).inserted ? (id, index) : nil
        }
    }

    /// The requests, to be sent one after the other.
    var requests: [ListServersDetailsRequest] {
        stride(from: 0, to: mentions.count, by: Self.batchSize).map { start in
            ListServersDetailsRequest(ids: mentions[start..<min(start + Self.batchSize, mentions.count)].map(\.id))
        }
    }

    /// Matches what was asked with the rows that came, in whatever order.
    ///
    /// Rows that were not asked for are ignored; a row without a status is how the API says that there is no such server.
    func match(_ rows: [ServerDetail]) -> (found: [Target], unknown: [(id: ServerID, index: Int)]) {
        var servers: [ServerID: ServerDetail] = [:]
        for row in rows where row.exists {
            guard let id = row.id.map(ServerID.init), servers[id] == nil else { continue }
            servers[id] = row
        }
        let found = mentions.compactMap { mention in servers[mention.id].map { Target(id: mention.id.text, server: $0) } }
        return (found, mentions.filter { servers[$0.id] == nil })
    }
}
