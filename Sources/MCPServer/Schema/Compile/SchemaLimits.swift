/// The bounds of schemas and of the work that they cause (mcp.md §3.1).
///
/// They are far above what tools need.
enum SchemaLimits {
    /// How deep subschemas may be nested.
    static let depth = 64

    /// How many subschemas there may be.
    static let subschemas = 10_000

    /// How many subschemas may apply to one value through each other.
    static let chain = 100

    /// How many times subschemas are applied in one validation.
    static let work = 2_000_000

    /// How deep applications may be nested in one validation.
    static let recursion = 1_000
}
