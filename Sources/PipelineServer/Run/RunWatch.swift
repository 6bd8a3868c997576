import JSONRPC

/// What becomes known of one run from looks at a pipeline's latest run, as a value.
///
/// The run is the one that was asked for, else the first that is seen. When another one takes its place nothing more can be known of it.
struct RunWatch: Sendable {
    /// What a wait knows.
    enum State: Sendable, Hashable {
        /// The pipeline has no run.
        case noRun
        /// The latest run is the one that is waited for.
        case seen(LatestRun)
        /// The latest run is another one, and the one that is waited for has not been seen: it may not have come yet, or be over long since.
        case another(LatestRun)
        /// Another run has taken its place; this is what was seen of it last.
        case superseded(LatestRun)

        /// The run as far as it is known.
        var run: LatestRun? {
            switch self {
            case .noRun, .another: nil
            case .seen(let run), .superseded(let run): run
            }
        }
    }

    /// How often a run that was asked for is looked for before it is given up.
    private static let maximumMisses = 4

    /// The run that is waited for; nil until one is seen.
    private(set) var id: String?
    /// Whether waiting longer is of no use.
    private(set) var isOver = false
    private let isAskedFor: Bool
    private var lastSeen: LatestRun?
    private var misses = 0

    /// A watch for a run, or for the latest one.
    init(id: String?) {
        self.id = id
        isAskedFor = id != nil
    }

    /// Takes what was seen.
    mutating func see(_ latest: LatestRun?) -> State {
        if let latest, isOurs(latest) {
            id = id ?? latest.id
            lastSeen = latest
            isOver = latest.progress != .running
            return .seen(latest)
        }
        if let lastSeen {
            isOver = true
            return .superseded(lastSeen)
        }
        misses += 1
        isOver = !isAskedFor || misses >= Self.maximumMisses
        return latest.map { .another($0) } ?? .noRun
    }

    /// Whether a run is the one that is waited for; before one is known, any is.
    private func isOurs(_ latest: LatestRun) -> Bool {
        guard let id else { return lastSeen == nil || latest.id == nil }
        return latest.id.map { ExactString.same($0, id) } ?? false
    }
}
