import JSONRPC

/// The keywords that apply other schemas to the same value.
struct Composition: Sendable {
    /// `$dynamicRef`: the target depends on the resources through which the evaluation came.
    struct DynamicReference: Sendable {
        let node: Int
        let byOwner: [Int: Int]
    }

    /// `if`, `then` and `else`.
    struct Condition: Sendable {
        let test: Int
        let then: Int?
        let otherwise: Int?
    }

    let reference: Int?
    let dynamicReference: DynamicReference?
    let allOf: [Int]
    let anyOf: [Int]
    let oneOf: [Int]
    let not: Int?
    let condition: Condition?

    /// Reads the keywords; nil if all are missing.
    init?(_ reader: KeywordReader, owner: Int, _ compiler: inout SchemaCompiler) throws(JSONSchemaError) {
        if let text = try reader.string("$ref") {
            let target = try Self.resolve(text, "$ref", reader, owner, compiler)
            reference = try compiler.node(at: target.place, target.value, owner: target.owner)
        } else {
            reference = nil
        }
        dynamicReference = try Self.dynamicReference(reader, owner, &compiler)
        allOf = try compiler.nodes("allOf", reader, owner: owner)
        anyOf = try compiler.nodes("anyOf", reader, owner: owner)
        oneOf = try compiler.nodes("oneOf", reader, owner: owner)
        not = try compiler.node("not", reader, owner: owner)
        let then = try compiler.node("then", reader, owner: owner)
        let otherwise = try compiler.node("else", reader, owner: owner)
        condition = try compiler.node("if", reader, owner: owner).map { Condition(test: $0, then: then, otherwise: otherwise) }
        if reference == nil, dynamicReference == nil, allOf.isEmpty, anyOf.isEmpty, oneOf.isEmpty, not == nil, condition == nil {
            return nil
        }
    }

    private static func resolve(
        _ text: String,
        _ keyword: String,
        _ reader: KeywordReader,
        _ owner: Int,
        _ compiler: SchemaCompiler
    ) throws(JSONSchemaError) -> SchemaIndex.Target {
        guard let target = compiler.index.resolve(text, from: owner) else {
            throw reader.error(keyword, "leads to nothing within this schema; other documents are never fetched")
        }
        return target
    }

    private static func dynamicReference(
        _ reader: KeywordReader,
        _ owner: Int,
        _ compiler: inout SchemaCompiler
    ) throws(JSONSchemaError) -> DynamicReference? {
        guard let text = try reader.string("$dynamicRef") else { return nil }
        let target = try resolve(text, "$dynamicRef", reader, owner, compiler)
        let node = try compiler.node(at: target.place, target.value, owner: target.owner)
        var byOwner: [Int: Int] = [:]
        let resources = compiler.index.resources
        if let anchor = target.anchor, resources[target.owner].dynamicAnchors[anchor] == target.place {
            for (index, resource) in resources.enumerated() {
                guard let place = resource.dynamicAnchors[anchor], let value = compiler.index.values[place] else { continue }
                byOwner[index] = try compiler.node(at: place, value, owner: index)
            }
        }
        return DynamicReference(node: node, byOwner: byOwner)
    }

    /// Every node that may be applied.
    var all: [Int] {
        var all = allOf + anyOf + oneOf
        for node in [reference, dynamicReference?.node, not, condition?.test, condition?.then, condition?.otherwise] {
            if let node { all.append(node) }
        }
        return all + (dynamicReference?.byOwner.values.sorted() ?? [])
    }
}
