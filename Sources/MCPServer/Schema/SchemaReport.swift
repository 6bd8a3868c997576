/// What a value violates.
public struct SchemaReport: Sendable, Hashable {
    /// The first violations, in the order of the schema.
    public let violations: [SchemaViolation]

    /// How many there are in all.
    public let total: Int
}
