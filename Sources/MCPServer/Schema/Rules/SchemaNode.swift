import JSONRPC

/// One compiled subschema.
///
/// A class, because a step of the evaluation must not copy it; it never changes.
final class SchemaNode: Sendable {
    /// The answer of a boolean schema.
    let constant: Bool?

    /// The resource to which it belongs.
    let owner: Int

    let types: TypeSet?
    let choice: ChoiceRule?
    let number: NumberRules?
    let string: StringRules?
    let array: ArrayRules?
    let object: ObjectRules?
    let composition: Composition?
    let unevaluatedItems: Int?
    let unevaluatedProperties: Int?

    /// A boolean schema.
    init(constant: Bool, owner: Int) {
        self.constant = constant
        self.owner = owner
        types = nil
        choice = nil
        number = nil
        string = nil
        array = nil
        object = nil
        composition = nil
        unevaluatedItems = nil
        unevaluatedProperties = nil
    }

    /// A schema of keywords.
    init(_ reader: KeywordReader, owner: Int, _ compiler: inout SchemaCompiler) throws(JSONSchemaError) {
        constant = nil
        self.owner = owner
        types = try TypeSet(reader)
        choice = try ChoiceRule(reader)
        number = try NumberRules(reader)
        string = try StringRules(reader)
        array = try ArrayRules(reader, owner: owner, &compiler)
        object = try ObjectRules(reader, owner: owner, &compiler)
        composition = try Composition(reader, owner: owner, &compiler)
        unevaluatedItems = try compiler.node("unevaluatedItems", reader, owner: owner)
        unevaluatedProperties = try compiler.node("unevaluatedProperties", reader, owner: owner)
    }

    /// The nodes that apply to the same value.
    var sameValue: [Int] { (composition?.all ?? []) + (object?.dependentSchemas.map(\.node) ?? []) }
}
