/// What a parser accepts of a document that somebody else wrote.
public struct JSONLimits: Sendable, Hashable {
    /// The deepest nesting that any limit can allow.
    ///
    /// The parser recurses, and so does everything that walks a value.
    public static let deepest = 512

    /// How many arrays and objects may stand inside each other: 1 allows `[]`, not `[[]]`.
    ///
    /// At most ``deepest`` counts.
    public var maximumDepth: Int

    /// How many bytes a document may have.
    public var maximumBytes: Int

    /// Limits; by default 128 levels and 4 MiB.
    public init(maximumDepth: Int = 128, maximumBytes: Int = 4 << 20) {
        self.maximumDepth = maximumDepth
        self.maximumBytes = maximumBytes
    }
}
