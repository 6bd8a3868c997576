/// Whether requests go to an upstream.
enum CircuitState: String, Sendable, Hashable, CaseIterable {
    /// They do.
    case closed
    /// They do not: the upstream is dead or hangs.
    case open
    /// One at a time does, to find out whether the upstream is back.
    case halfOpen = "half-open"
}
