import JSONRPC

/// The keywords that only arrays can violate.
struct ArrayRules: Sendable {
    /// `contains` with its bounds.
    struct Contains: Sendable {
        let node: Int
        let minimum: Int
        let maximum: Int?
    }

    let minimum: Int?
    let maximum: Int?
    let isUnique: Bool
    let prefix: [Int]
    let items: Int?
    let contains: Contains?

    /// Reads the keywords; nil if all are missing.
    init?(_ reader: KeywordReader, owner: Int, _ compiler: inout SchemaCompiler) throws(JSONSchemaError) {
        minimum = try reader.count("minItems")
        maximum = try reader.count("maxItems")
        isUnique = try reader.flag("uniqueItems")
        prefix = try compiler.nodes("prefixItems", reader, owner: owner)
        items = try compiler.node("items", reader, owner: owner)
        let least = try reader.count("minContains") ?? 1
        let most = try reader.count("maxContains")
        contains = try compiler.node("contains", reader, owner: owner).map { Contains(node: $0, minimum: least, maximum: most) }
        if minimum == nil, maximum == nil, !isUnique, prefix.isEmpty, items == nil, contains == nil { return nil }
    }

    /// A number of items, in words.
    static func items(_ count: Int) -> String { count == 1 ? "1 item" : "\(count) items" }
}
