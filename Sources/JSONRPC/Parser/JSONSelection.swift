/// Which members of a document are kept when it is read, by name; what lies in arrays is selected from as if it stood there itself.
///
/// Everything else is checked as strictly as if it were kept, but costs no memory.
package struct JSONSelection: Sendable {
    struct Entry: Sendable {
        let name: String
        let fingerprint: UInt64
        let selection: JSONSelection
    }

    /// Nothing is left out.
    package static let everything = JSONSelection(entries: nil)

    /// Nil keeps everything.
    let entries: [Entry]?

    private init(entries: [Entry]?) { self.entries = entries }

    /// Keeps these members of every object, whole.
    ///
    /// - Precondition: the names are distinct, and no more than 64.
    package init(_ names: String...) { self.init(names.map { ($0, .everything) }) }

    private init(_ members: [(String, JSONSelection)]) {
        precondition(members.count <= 64, "more than 64 names")
        precondition(Set(members.map { ExactString($0.0) }).count == members.count, "a name occurs twice")
        entries = members.map { Entry(name: $0.0, fingerprint: ExactString.fingerprint($0.0), selection: $0.1) }
    }
}

extension JSONSelection: ExpressibleByDictionaryLiteral {
    /// Keeps these members of every object, of each what its own selection keeps.
    ///
    /// - Precondition: the names are distinct, and no more than 64.
    package init(dictionaryLiteral elements: (String, JSONSelection)...) { self.init(elements) }
}
