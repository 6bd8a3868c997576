/// A text that is equal to another only byte by byte.
///
/// `String ==` compares by canonical equivalence, by which U+212A KELVIN SIGN equals `K`: a role, an issuer or a path must not.
struct ExactText: Sendable, Hashable {
    /// The text.
    let text: String

    /// A text.
    init(_ text: String) { self.text = text }

    static func == (lhs: ExactText, rhs: ExactText) -> Bool { same(lhs.text, rhs.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    /// Whether two texts have the same bytes.
    static func same(_ lhs: String, _ rhs: String) -> Bool { lhs.utf8.elementsEqual(rhs.utf8) }

    /// Sorted by bytes, so that the order is the same on every machine.
    static func sorted(_ texts: some Sequence<String>) -> [String] { texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
