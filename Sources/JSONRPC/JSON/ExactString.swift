/// A string that is compared by its UTF-8 bytes.
///
/// `String` itself takes canonically equivalent texts for equal, which JSON does not.
package struct ExactString: Hashable, Sendable {
    /// The string.
    package let text: String

    /// A string.
    package init(_ text: String) { self.text = text }

    /// Equal bytes.
    package static func == (lhs: ExactString, rhs: ExactString) -> Bool { same(lhs.text, rhs.text) }

    /// Feeds the bytes.
    package func hash(into hasher: inout Hasher) { Self.hash(text, into: &hasher) }

    /// Whether two strings have the same bytes.
    @inline(__always)
    package static func same(_ lhs: String, _ rhs: String) -> Bool {
        // Equal bytes are canonically equivalent, and the standard library refutes most pairs in one step.
        lhs.utf8.count == rhs.utf8.count && lhs == rhs && lhs.utf8.elementsEqual(rhs.utf8)
    }

    /// Feeds the bytes of a string.
    static func hash(_ text: String, into hasher: inout Hasher) {
        let whole: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { (buffer) in
            unsafe hasher.combine(bytes: UnsafeRawBufferPointer(buffer))
        }
        if whole == nil { for byte in text.utf8 { hasher.combine(byte) } }
        hasher.combine(0xFF as UInt8)
    }
}
