import JSONRPC

/// Reads the records of a data set and collects what is wrong with them, each with its place.
struct DataSetReader {
    /// What was wrong, for example `servers[3].status: must be one of …`.
    private(set) var problems: [String] = []

    /// One object of the data set and where it stands.
    struct Record {
        let object: JSONObject
        let path: String
    }

    /// Notes a problem.
    mutating func report(_ path: String, _ problem: String) { problems.append("\(path): \(problem)") }

    /// The objects of a list; nothing when the member is missing or no list.
    mutating func records(_ object: JSONObject, _ name: String, at path: String) -> [Record] {
        guard let value = object[name], !value.isNull else { return [] }
        let place = path.isEmpty ? name : "\(path).\(name)"
        guard let rows = value.arrayValue else {
            report(place, "must be an array")
            return []
        }
        var records: [Record] = []
        for (index, row) in rows.enumerated() {
            if let object = row.objectValue {
                records.append(Record(object: object, path: "\(place)[\(index)]"))
            } else {
                report("\(place)[\(index)]", "must be an object")
            }
        }
        return records
    }

    /// Refuses members that mean nothing, so that a misspelt one does not go unnoticed.
    mutating func allow(_ record: Record, _ known: [String]) {
        for key in record.object.keys where !known.contains(key) {
            report("\(record.path).\(key)", "unknown member; known are \(known.joined(separator: ", "))")
        }
    }

    /// A text that must be there and not be empty.
    mutating func text(_ record: Record, _ name: String) -> String {
        if let text = optionalText(record, name), !text.isEmpty { return text }
        if record.object[name].map({ $0.isNull || $0.stringValue != nil }) ?? true {
            report("\(record.path).\(name)", "must be a text that is not empty")
        }
        return ""
    }

    /// A text, or nil.
    mutating func optionalText(_ record: Record, _ name: String) -> String? {
        guard let value = record.object[name], !value.isNull else { return nil }
        if value.stringValue == nil { report("\(record.path).\(name)", "must be a text") }
        return value.stringValue
    }

    /// An integer within bounds; without a default it must be there.
    mutating func integer(_ record: Record, _ name: String, default fallback: Int? = nil, in range: ClosedRange<Int>) -> Int {
        guard let value = record.object[name], !value.isNull else {
            if fallback == nil { report("\(record.path).\(name)", "is missing") }
            return fallback ?? range.lowerBound
        }
        guard let number = value.intValue, range.contains(number) else {
            report("\(record.path).\(name)", "must be an integer from \(range.lowerBound) to \(range.upperBound)")
            return fallback ?? range.lowerBound
        }
        return number
    }

    /// A boolean, false without one.
    mutating func flag(_ record: Record, _ name: String) -> Bool {
        guard let value = record.object[name], !value.isNull else { return false }
        if value.boolValue == nil { report("\(record.path).\(name)", "must be true or false") }
        return value.boolValue ?? false
    }

    /// One of the words of an enumeration.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ record: Record,
        _ name: String,
        default fallback: Choice
    ) -> Choice where Choice.RawValue == String {
        guard let text = optionalText(record, name) else { return fallback }
        if let choice = Choice(rawValue: text) { return choice }
        report("\(record.path).\(name)", "must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        return fallback
    }

    /// A moment as `YYYY-MM-DDTHH:MM:SSZ`; without a default it must be there.
    mutating func moment(_ record: Record, _ name: String, default fallback: Timestamp? = nil) -> Timestamp {
        let text = fallback == nil ? self.text(record, name) : optionalText(record, name)
        if let text, !text.isEmpty {
            if let moment = Timestamp(iso8601: text) { return moment }
            report("\(record.path).\(name)", "must have the form 2026-01-15T08:15:30Z")
        }
        return fallback ?? Timestamp(milliseconds: 0)
    }

    /// An object whose values are texts, in order.
    mutating func tags(_ record: Record, _ name: String) -> [Tag] {
        guard let value = record.object[name], !value.isNull else { return [] }
        guard let object = value.objectValue else {
            report("\(record.path).\(name)", "must be an object of texts")
            return []
        }
        var tags: [Tag] = []
        for member in object {
            if let text = member.value.stringValue {
                tags.append(Tag(key: member.key, value: text))
            } else {
                report("\(record.path).\(name).\(member.key)", "must be a text")
            }
        }
        return tags
    }

    /// An array of texts.
    mutating func texts(_ record: Record, _ name: String) -> [String] {
        guard let value = record.object[name], !value.isNull else { return [] }
        let texts = value.arrayValue?.compactMap(\.stringValue) ?? []
        if texts.count != value.arrayValue?.count { report("\(record.path).\(name)", "must be an array of texts") }
        return texts
    }
}
