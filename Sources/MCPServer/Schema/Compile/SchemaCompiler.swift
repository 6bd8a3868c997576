import JSONRPC

/// Turns a schema document into a program.
///
/// Each place is compiled once, however many references lead to it.
struct SchemaCompiler {
    private struct Pending {
        let node: Int
        let place: SchemaPlace
        let value: JSONValue
        let owner: Int
    }

    let index: SchemaIndex
    private let root: JSONValue
    private var nodes: [SchemaNode?] = []
    private var places: [SchemaPlace] = []
    private var known: [SchemaPlace: Int] = [:]
    private var pending: [Pending] = []

    /// Prepares a document.
    ///
    /// - Throws: ``JSONSchemaError`` when its structure is wrong.
    init(_ root: JSONValue) throws(JSONSchemaError) {
        self.root = root
        index = try SchemaIndex(root)
    }

    /// Compiles everything that the root reaches, and checks the rest of the document, too.
    mutating func compile() throws(JSONSchemaError) -> SchemaProgram {
        _ = try node(at: .root, root, owner: 0)
        for (place, value) in index.values.sorted(by: { $0.key.text < $1.key.text }) {
            _ = try node(at: place, value, owner: index.owners[place] ?? 0)
        }
        // A list instead of recursion: references may lead far.
        while let next = pending.popLast() { nodes[next.node] = try build(next) }
        let finished = nodes.compactMap { $0 }
        try SchemaChains.check(finished, places)
        return SchemaProgram(
            nodes: finished,
            tracksEvaluated: finished.contains { $0.unevaluatedItems != nil || $0.unevaluatedProperties != nil },
            tracksScope: finished.contains { $0.composition?.dynamicReference != nil }
        )
    }

    /// The index of the node for a place, which is compiled sooner or later.
    mutating func node(at place: SchemaPlace, _ value: JSONValue, owner: Int) throws(JSONSchemaError) -> Int {
        if let node = known[place] { return node }
        if nodes.count >= SchemaLimits.subschemas {
            throw JSONSchemaError(at: place.text, "there are more than \(SchemaLimits.subschemas) subschemas")
        }
        let node = nodes.count
        nodes.append(nil)
        places.append(place)
        known[place] = node
        pending.append(Pending(node: node, place: place, value: value, owner: index.owners[place] ?? owner))
        return node
    }

    private mutating func build(_ next: Pending) throws(JSONSchemaError) -> SchemaNode {
        switch next.value {
        case .bool(let constant): return SchemaNode(constant: constant, owner: next.owner)
        case .object(let object):
            let reader = KeywordReader(object: object, place: next.place)
            return try SchemaNode(reader, owner: next.owner, &self)
        default: throw JSONSchemaError(at: next.place.text, "must be an object or a boolean")
        }
    }

    /// The node of a keyword that holds a schema.
    mutating func node(_ keyword: String, _ reader: KeywordReader, owner: Int) throws(JSONSchemaError) -> Int? {
        guard let value = reader.object[keyword] else { return nil }
        return try node(at: reader.place.appending(keyword), value, owner: owner)
    }

    /// The nodes of a keyword that holds an array of schemas; none if it is missing.
    mutating func nodes(_ keyword: String, _ reader: KeywordReader, owner: Int) throws(JSONSchemaError) -> [Int] {
        guard let value = reader.object[keyword] else { return [] }
        guard case .array(let elements) = value, !elements.isEmpty else {
            throw reader.error(keyword, "must be a non-empty array of schemas")
        }
        var result: [Int] = []
        for (position, element) in elements.enumerated() {
            result.append(try node(at: reader.place.appending(keyword).appending(String(position)), element, owner: owner))
        }
        return result
    }

    /// The nodes of a keyword that holds schemas by name; none if it is missing.
    mutating func namedNodes(_ keyword: String, _ reader: KeywordReader, owner: Int) throws(JSONSchemaError) -> [(String, Int)] {
        guard let map = try reader.map(keyword) else { return [] }
        var result: [(String, Int)] = []
        for member in map.members {
            result.append((member.key, try node(at: reader.place.appending(keyword).appending(member.key), member.value, owner: owner)))
        }
        return result
    }
}
