/// A change of a zone's offset from UTC.
struct ZoneTransition: Sendable, Hashable {
    /// When, in seconds since 1970.
    var instant: Int
    /// The offset that ends then, in seconds east of Greenwich.
    var before: Int
    /// The offset that begins then, in seconds east of Greenwich.
    var after: Int

    /// From this local time on, in seconds, the offset after the change is the only possible one.
    ///
    /// Local times that a gap skips or an overlap repeats lie before it.
    var settledLocal: Int { instant + max(before, after) }
}
