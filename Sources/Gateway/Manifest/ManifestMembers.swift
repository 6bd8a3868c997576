import JSONRPC

/// The members of one object of the manifest, read strictly: nothing is converted, and what nobody read is unknown.
struct ManifestMembers {
    /// Where the object stands: `services[1]`; empty for the document.
    let path: String
    private let object: JSONObject
    private var read: [String] = []

    /// The members of an object.
    init(_ object: JSONObject, path: String) {
        self.object = object
        self.path = path
    }

    /// Whether the member is there, `null` included.
    func has(_ name: String) -> Bool { object.contains(name) }

    /// A text.
    mutating func string(_ name: String, _ problems: inout ManifestReader, nonEmpty: Bool = false) -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.stringValue else {
            problems.report(place(name), "must be a string, not \(value.kindWithArticle)")
            return nil
        }
        if nonEmpty && text.isEmpty {
            problems.report(place(name), "must not be empty")
            return nil
        }
        return text
    }

    /// A boolean.
    mutating func boolean(_ name: String, _ problems: inout ManifestReader) -> Bool? {
        guard let value = take(name) else { return nil }
        if value.boolValue == nil { problems.report(place(name), "must be a boolean, not \(value.kindWithArticle)") }
        return value.boolValue
    }

    /// An integer in a range.
    mutating func integer(_ name: String, _ problems: inout ManifestReader, in range: ClosedRange<Int>) -> Int? {
        guard let value = take(name) else { return nil }
        guard let number = value.intValue else {
            problems.report(place(name), "must be an integer, not \(value.kindWithArticle)")
            return nil
        }
        guard range.contains(number) else {
            problems.report(place(name), "must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A positive integer, or `null` for no limit where that may be; `set` is called if the member is there and well formed.
    mutating func limit(
        _ name: String,
        _ problems: inout ManifestReader,
        upTo maximum: Int,
        isNullable: Bool,
        set: (Int?) -> Void
    ) {
        guard let value = take(name) else { return }
        if value.isNull, isNullable { return set(nil) }
        let alternative = isNullable ? ", or null for no limit" : ""
        guard let number = value.intValue, number > 0 else {
            problems.report(place(name), "must be a positive integer\(alternative)")
            return
        }
        guard number <= maximum else {
            problems.report(place(name), "must be at most \(maximum)\(alternative)")
            return
        }
        set(number)
    }

    /// An object.
    mutating func object(_ name: String, _ problems: inout ManifestReader) -> ManifestMembers? {
        guard let value = take(name) else { return nil }
        guard let object = value.objectValue else {
            problems.report(place(name), "must be an object, not \(value.kindWithArticle)")
            return nil
        }
        return ManifestMembers(object, path: place(name))
    }

    /// An array.
    mutating func array(_ name: String, _ problems: inout ManifestReader) -> [JSONValue]? {
        guard let value = take(name) else { return nil }
        if value.arrayValue == nil { problems.report(place(name), "must be an array, not \(value.kindWithArticle)") }
        return value.arrayValue
    }

    /// An array of texts; `check` says what is wrong with one, `failed` is called for every problem.
    mutating func strings(
        _ name: String,
        _ problems: inout ManifestReader,
        check: (String) -> String?,
        failed: () -> Void = {}
    ) -> [String] {
        guard let value = take(name) else { return [] }
        guard let elements = value.arrayValue else {
            problems.report(place(name), "must be an array of strings, not \(value.kindWithArticle)")
            failed()
            return []
        }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            let problem = element.stringValue.map(check) ?? "must be a string, not \(element.kindWithArticle)"
            if let problem {
                problems.report("\(place(name))[\(index)]", problem)
                failed()
            } else if let text = element.stringValue {
                texts.append(text)
            }
        }
        return texts
    }

    /// A text or an array of texts, none of them empty.
    mutating func stringOrStrings(_ name: String, _ problems: inout ManifestReader) -> [String] {
        guard let value = object[name] else { return [] }
        switch value {
        case .string:
            return string(name, &problems, nonEmpty: true).map { [$0] } ?? []
        case .array(let elements):
            if elements.isEmpty { problems.report(place(name), "must not be empty") }
            return strings(name, &problems) { $0.isEmpty ? "must not be empty" : nil }
        default:
            _ = take(name)
            problems.report(place(name), "must be a string or an array of strings, not \(value.kindWithArticle)")
            return []
        }
    }

    /// Reports every member that nobody asked for.
    func rejectRest(_ problems: inout ManifestReader) {
        for name in object.keys where !read.contains(where: { ExactText.same($0, name) }) {
            problems.report(place(name), "unknown member")
        }
    }

    private mutating func take(_ name: String) -> JSONValue? {
        read.append(name)
        return object[name]
    }

    private func place(_ name: String) -> String {
        let isPlain = !name.isEmpty && name.utf8.count <= 64 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ".") }
        let shown = isPlain ? name : JSONValue.string(String(String.UnicodeScalarView(name.unicodeScalars.prefix(64)))).text()
        return path.isEmpty ? shown : "\(path).\(shown)"
    }
}

extension JSONValue {
    /// The kind for a sentence: `a string`, `an object`, `null`.
    var kindWithArticle: String {
        switch self {
        case .null: "null"
        case .array, .object: "an \(kind)"
        case .bool, .number, .string: "a \(kind)"
        }
    }
}
