/// The header fields of a request or a response in their order.
///
/// Not a dictionary: the signature needs names in the letter case given and values untouched (huaweicloud-http.md §1.1).
package struct HeaderList: Sendable, Hashable {
    /// The fields in their order.
    package var fields: [HeaderField]

    /// A list of these fields.
    package init(_ fields: [HeaderField] = []) { self.fields = fields }

    /// The value of the first field of that name, in any letter case; nil without one.
    ///
    /// Setting replaces all fields of the name by one at the place of the first, or appends it; setting nil removes them.
    package subscript(_ name: String) -> String? {
        get { fields.first { $0.isNamed(name) }?.value }
        set {
            guard let newValue else {
                fields.removeAll { $0.isNamed(name) }
                return
            }
            guard let index = fields.firstIndex(where: { $0.isNamed(name) }) else {
                fields.append(HeaderField(name: name, value: newValue))
                return
            }
            fields[index].value = newValue
            let tail = fields[(index + 1)...].filter { !$0.isNamed(name) }
            fields.replaceSubrange((index + 1)..., with: tail)
        }
    }

    /// Whether there is a field of that name, in any letter case.
    package func contains(_ name: String) -> Bool { fields.contains { $0.isNamed(name) } }

    /// Appends a field, whatever is there already.
    package mutating func append(_ name: String, _ value: String) { fields.append(HeaderField(name: name, value: value)) }
}

extension HeaderList: ExpressibleByDictionaryLiteral {
    /// The fields in the order of the literal; repeated names stay repeated.
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { HeaderField(name: $0.0, value: $0.1) }
    }
}

extension HeaderList: Sequence {
    package func makeIterator() -> IndexingIterator<[HeaderField]> { fields.makeIterator() }
}
