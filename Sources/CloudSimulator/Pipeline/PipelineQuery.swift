import JSONRPC

/// What `POST …/pipelines/list` asks for (`pipeline.md` §2, §7.1).
struct PipelineQuery: Sendable, Hashable {
    var name: String?
    var statuses: [String]
    var componentID: String?
    var creatorIDs: [String]
    var executorIDs: [String]
    /// Milliseconds since 1970; runs that started earlier are left out.
    var startedAfter: Int?
    /// Milliseconds since 1970; runs that started later are left out.
    var startedBefore: Int?
    var includesBanned: Bool
    var sortKey: SortKey
    var ascending: Bool
    var offset: Int
    var limit: Int

    /// What the list is sorted by.
    enum SortKey: String, Sendable, Hashable, CaseIterable {
        case name
        case created = "create_time"
        case updated = "update_time"
    }

    /// Reads a body.
    init(_ body: [UInt8]) throws(ServiceError) {
        let object = try PipelineBody.object(body)
        name = try PipelineBody.text(object, "name")
        statuses = try PipelineBody.texts(object, "status")
        componentID = try PipelineBody.text(object, "component_id")
        creatorIDs = try PipelineBody.texts(object, "creator_ids")
        if let creator = try PipelineBody.text(object, "creator_id") { creatorIDs.append(creator) }
        executorIDs = try PipelineBody.texts(object, "executor_ids")
        startedAfter = Self.milliseconds(try PipelineBody.text(object, "start_time"))
        startedBefore = Self.milliseconds(try PipelineBody.text(object, "end_time"))
        includesBanned = object["is_banned"]?.boolValue ?? false
        let key = try PipelineBody.text(object, "sort_key") ?? SortKey.created.rawValue
        guard let sortKey = SortKey(rawValue: key) else { throw PipelineError.invalidParameter("sort_key \(key) is not supported.") }
        self.sortKey = sortKey
        ascending = try PipelineBody.text(object, "sort_dir") == "asc"
        offset = try PipelineBody.integer(object, "offset", default: 0, in: 0...1_000_000)
        limit = try PipelineBody.integer(object, "limit", default: 10, in: 1...1_000)
    }

    /// Whether a pipeline passes every filter.
    func admits(_ pipeline: Pipeline) -> Bool {
        let run = pipeline.runs.last
        if pipeline.isBanned, !includesBanned { return false }
        if let name, !ServerFilter.contains(pipeline.name, pattern: name) { return false }
        if !statuses.isEmpty, !(run.map { statuses.contains($0.status.rawValue) } ?? false) { return false }
        if let componentID, pipeline.detail["component_id"]?.stringValue != componentID { return false }
        if !creatorIDs.isEmpty, !creatorIDs.contains(pipeline.detail["creator_id"]?.stringValue ?? "") { return false }
        if !executorIDs.isEmpty, !executorIDs.contains(run?.executorID ?? "") { return false }
        if startedAfter != nil || startedBefore != nil {
            guard let started = run?.started.milliseconds else { return false }
            if let startedAfter, started < startedAfter { return false }
            if let startedBefore, started > startedBefore { return false }
        }
        return true
    }

    /// Whether one pipeline comes before another.
    func precedes(_ lhs: Pipeline, _ rhs: Pipeline) -> Bool {
        let (first, second) = ascending ? (lhs, rhs) : (rhs, lhs)
        switch sortKey {
        case .name: return first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
        case .created, .updated:
            return (first.detail[sortKey.rawValue]?.intValue ?? 0) < (second.detail[sortKey.rawValue]?.intValue ?? 0)
        }
    }

    /// Digits, or `2026-01-15T08:15:30Z`; anything else filters nothing.
    private static func milliseconds(_ text: String?) -> Int? {
        text.flatMap { text in Int(text) ?? Timestamp(iso8601: text).map { Int($0.milliseconds) } }
    }
}
