/// How the loading of something goes that is loaded again and again: a list of revocations, a set of keys.
///
/// Times are seconds since 1970.
struct LoadHealth: Sendable, Hashable {
    /// When it was loaded last.
    private(set) var lastSuccess: Double?
    /// When it could not be loaded last.
    private(set) var lastFailure: Double?
    /// How often it could not be loaded.
    private(set) var failures = 0
    /// Why not, the last time; nil while the last attempt was good.
    private(set) var error: String?

    /// Loaded at this moment, or not yet.
    init(loaded moment: Double? = nil) { lastSuccess = moment }

    /// Whether the last attempt was good, and there was one.
    var isHealthy: Bool { error == nil && lastSuccess != nil }

    /// It was loaded.
    mutating func succeeded(at moment: Double) {
        lastSuccess = moment
        error = nil
    }

    /// It could not be loaded.
    mutating func failed(at moment: Double, _ error: String) {
        lastFailure = moment
        failures += 1
        self.error = error
    }
}
