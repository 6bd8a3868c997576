/// What happens when an object names a member twice.
///
/// RFC 8259 §4 leaves it open, and readers that differ are a way round checks.
public enum DuplicateKeys: Sendable, Hashable {
    /// The document is refused.
    case rejected

    /// The last value counts, at the place of the first.
    case lastWins
}
