import JSONRPC

/// What stands where in a schema document: its resources, their anchors, and to which resource each subschema belongs.
struct SchemaIndex {
    /// A schema with an identifier of its own.
    ///
    /// The document itself is the first one.
    struct Resource {
        let place: SchemaPlace
        let value: JSONValue
        let uri: SchemaURI?
        var anchors: [String: SchemaPlace] = [:]
        var dynamicAnchors: [String: SchemaPlace] = [:]
    }

    private(set) var resources: [Resource] = []
    private(set) var owners: [SchemaPlace: Int] = [:]
    private(set) var values: [SchemaPlace: JSONValue] = [:]

    /// Indexes a document.
    ///
    /// - Throws: ``JSONSchemaError`` when it is too deep or too large, or names something twice.
    init(_ root: JSONValue) throws(JSONSchemaError) {
        resources.append(Resource(place: .root, value: root, uri: SchemaURI("")))
        try walk(root, at: .root, owner: 0, depth: 0)
    }

    private mutating func walk(_ value: JSONValue, at place: SchemaPlace, owner: Int, depth: Int) throws(JSONSchemaError) {
        if depth > SchemaLimits.depth { throw JSONSchemaError(at: place.text, "is nested deeper than \(SchemaLimits.depth) schemas") }
        if owners.count >= SchemaLimits.subschemas {
            throw JSONSchemaError(at: place.text, "there are more than \(SchemaLimits.subschemas) subschemas")
        }
        var owner = owner
        switch value {
        case .bool: break
        case .object(let object):
            owner = try identify(object, value, at: place, owner: owner)
            try addAnchors(object, at: place, owner: owner)
            for (inner, subschema) in try SchemaKeywords.subschemas(of: object, at: place) {
                try walk(subschema, at: inner, owner: owner, depth: depth + 1)
            }
        default: throw JSONSchemaError(at: place.text, "must be an object or a boolean")
        }
        owners[place] = owner
        values[place] = value
    }

    /// The resource to which a schema belongs, which is a new one if it has an identifier.
    private mutating func identify(
        _ object: JSONObject,
        _ value: JSONValue,
        at place: SchemaPlace,
        owner: Int
    ) throws(JSONSchemaError) -> Int {
        if let dialect = object["$schema"] {
            guard case .string(let text) = dialect, text == SchemaKeywords.dialect || text == SchemaKeywords.dialect + "#" else {
                throw JSONSchemaError(
                    at: place.appending("$schema").text,
                    "must be \(SchemaKeywords.dialect): no other dialect is supported"
                )
            }
        }
        guard let identifier = object["$id"] else { return owner }
        guard case .string(let text) = identifier, let reference = SchemaURI(text), reference.fragment?.isEmpty ?? true else {
            throw JSONSchemaError(at: place.appending("$id").text, "must be a URI reference without a fragment")
        }
        let uri = (resources[owner].uri?.resolve(reference) ?? reference).document
        if resources.dropFirst().contains(where: { $0.uri == uri }) {
            throw JSONSchemaError(at: place.appending("$id").text, "occurs twice")
        }
        if place == .root {
            resources[0] = Resource(place: place, value: value, uri: uri)
            return 0
        }
        resources.append(Resource(place: place, value: value, uri: uri))
        return resources.count - 1
    }

    private mutating func addAnchors(_ object: JSONObject, at place: SchemaPlace, owner: Int) throws(JSONSchemaError) {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            guard let anchor = object[keyword] else { continue }
            let here = place.appending(keyword).text
            guard case .string(let name) = anchor, Self.isAnchor(name) else {
                throw JSONSchemaError(at: here, "must be a name of letters, digits and ._- that begins with a letter or _")
            }
            if resources[owner].anchors.updateValue(place, forKey: name).map({ $0 != place }) ?? false {
                throw JSONSchemaError(at: here, "occurs twice")
            }
            if keyword == "$dynamicAnchor" { resources[owner].dynamicAnchors[name] = place }
        }
    }

    private static func isAnchor(_ name: String) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "_") || Character(Unicode.Scalar(first)).isLetter else { return false }
        return name.utf8.allSatisfy { (byte) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "._-".utf8.contains(byte)
            }
        }
    }

    /// The schema to which a reference leads.
    struct Target {
        let place: SchemaPlace
        let value: JSONValue
        let owner: Int
        /// The anchor by which it was named, if it was.
        let anchor: String?
    }

    /// Finds what a reference within a resource means.
    ///
    /// Nothing is fetched.
    func resolve(_ text: String, from owner: Int) -> Target? {
        guard let reference = SchemaURI(text) else { return nil }
        var resource = owner
        if !reference.isSameDocument {
            guard let uri = resources[owner].uri?.resolve(reference).document else { return nil }
            guard let index = resources.firstIndex(where: { $0.uri == uri }) else { return nil }
            resource = index
        }
        let base = resources[resource]
        let fragment = reference.fragment ?? ""
        if !fragment.isEmpty, !fragment.hasPrefix("/") {
            guard let place = base.anchors[fragment], let value = values[place] else { return nil }
            return Target(place: place, value: value, owner: resource, anchor: fragment)
        }
        guard let (place, value) = base.place.follow(fragment, in: base.value) else { return nil }
        return Target(place: place, value: value, owner: owners[place] ?? resource, anchor: nil)
    }
}
