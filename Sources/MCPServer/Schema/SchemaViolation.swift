/// One thing that is wrong with a value.
public struct SchemaViolation: Sendable, Hashable {
    /// Where: `limit`, `server_ids[3]`, `sources[0].params.git_url`, or the empty string for the value itself.
    ///
    /// A name with other characters than letters, digits and `_-$@:/` stands in brackets and quotation marks.
    public let path: String

    /// The rule, such as `must be ≤ 100`; never the offending value.
    public let message: String

    /// A violation.
    public init(path: String, message: String) {
        self.path = path
        self.message = message
    }
}
