import JSONRPC

/// A pipeline: its detail as the API tells it, member for member, and its runs.
struct Pipeline: Sendable, Hashable {
    /// How many runs are remembered.
    static let rememberedRuns = 50

    /// What `GET …/pipelines/{id}` answers (`pipeline.md` §7.1).
    var detail: JSONObject
    /// Oldest first.
    var runs: [PipelineRun]
    /// How many runs there have been.
    var runCount: Int
    /// The stage in which every run fails; the data set's means to show failed runs.
    var failsAt: String?

    var id: String { detail["id"]?.stringValue ?? "" }
    var name: String { detail["name"]?.stringValue ?? "" }
    var isBanned: Bool { detail["banned"]?.boolValue ?? false }
    var sources: [JSONValue] { detail["sources"]?.arrayValue ?? [] }

    /// How many runs are under way.
    var activeRuns: Int { runs.count { $0.status == .running } }

    /// How many runs may be under way at a time; nil when there is no limit, or when more of them wait instead of being refused.
    var concurrencyLimit: Int? {
        guard let control = detail["concurrency_control"], control["enable"]?.boolValue == true,
            control["exceed_action"]?.stringValue == "ABORT"
        else { return nil }
        return control["concurrency_number"]?.intValue
    }

    /// Adds a run and forgets the oldest.
    mutating func append(_ run: PipelineRun) {
        runs.append(run)
        runCount += 1
        if runs.count > Self.rememberedRuns { runs.removeFirst(runs.count - Self.rememberedRuns) }
    }
}
