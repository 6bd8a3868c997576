/// How many durations fell below each of a few bounds.
struct DurationHistogram: Sendable, Hashable {
    /// The bounds in seconds.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    /// For each bound, how many durations are at most that long.
    private(set) var counts = Array(repeating: 0, count: bounds.count)
    /// How many there are.
    private(set) var count = 0
    /// Their sum in seconds.
    private(set) var sum = 0.0

    /// Nothing was recorded yet.
    init() {}

    /// Adds a duration.
    mutating func record(_ duration: Duration) {
        let seconds = duration.seconds
        for index in Self.bounds.indices.reversed() {
            if seconds > Self.bounds[index] { break }
            counts[index] += 1
        }
        count += 1
        sum += seconds
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

    /// The duration in whole milliseconds.
    var milliseconds: Int { Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
