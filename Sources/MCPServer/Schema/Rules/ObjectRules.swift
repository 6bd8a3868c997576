import JSONRPC

/// The keywords that only objects can violate.
struct ObjectRules: Sendable {
    /// A member that the schema names in `properties` or `required`.
    struct Property: Sendable {
        let name: String
        let node: Int?
        let isRequired: Bool
    }

    /// An entry of `patternProperties`.
    struct PatternProperty: Sendable {
        let pattern: SchemaPattern
        let node: Int
    }

    /// An entry of `dependentRequired`.
    struct DependentNames: Sendable {
        let name: String
        let required: [String]
    }

    /// An entry of `dependentSchemas`.
    struct DependentSchema: Sendable {
        let name: String
        let node: Int
    }

    /// In the order of `properties`, and then what only `required` names.
    let properties: [Property]
    private let places: [ExactString: Int]
    let patterns: [PatternProperty]
    let additional: Int?
    let names: Int?
    let minimum: Int?
    let maximum: Int?
    let dependentNames: [DependentNames]
    let dependentSchemas: [DependentSchema]

    /// Whether any keyword looks at each member.
    var looksAtMembers: Bool { !properties.isEmpty || !patterns.isEmpty || additional != nil || names != nil }

    /// Reads the keywords; nil if all are missing.
    init?(_ reader: KeywordReader, owner: Int, _ compiler: inout SchemaCompiler) throws(JSONSchemaError) {
        let required = try reader.names("required")
        let wanted = Set(required.map(ExactString.init))
        let named = try compiler.namedNodes("properties", reader, owner: owner)
        var properties = named.map { Property(name: $0.0, node: $0.1, isRequired: wanted.contains(ExactString($0.0))) }
        let declared = Set(named.map { ExactString($0.0) })
        for name in required where !declared.contains(ExactString(name)) {
            properties.append(Property(name: name, node: nil, isRequired: true))
        }
        self.properties = properties
        places = Dictionary(properties.enumerated().map { (ExactString($0.element.name), $0.offset) }) { (first, _) in first }
        var patterns: [PatternProperty] = []
        for (text, node) in try compiler.namedNodes("patternProperties", reader, owner: owner) {
            do throws(PatternError) {
                patterns.append(PatternProperty(pattern: try SchemaPattern(text), node: node))
            } catch {
                throw JSONSchemaError(at: reader.place.appending("patternProperties").appending(text).text, error.description)
            }
        }
        self.patterns = patterns
        additional = try compiler.node("additionalProperties", reader, owner: owner)
        names = try compiler.node("propertyNames", reader, owner: owner)
        minimum = try reader.count("minProperties")
        maximum = try reader.count("maxProperties")
        var dependentNames: [DependentNames] = []
        for member in try reader.map("dependentRequired")?.members ?? [] {
            let place = reader.place.appending("dependentRequired").appending(member.key)
            dependentNames.append(DependentNames(name: member.key, required: try KeywordReader.names(member.value, at: place)))
        }
        self.dependentNames = dependentNames
        dependentSchemas = try compiler.namedNodes("dependentSchemas", reader, owner: owner).map { DependentSchema(name: $0.0, node: $0.1) }
        if properties.isEmpty, patterns.isEmpty, additional == nil, names == nil, minimum == nil, maximum == nil, dependentNames.isEmpty,
            dependentSchemas.isEmpty
        {
            return nil
        }
    }

    /// Where a name stands in ``properties``.
    func place(of name: String) -> Int? {
        if properties.count > 8 { return places[ExactString(name)] }
        for index in properties.indices where ExactString.same(properties[index].name, name) { return index }
        return nil
    }
}
