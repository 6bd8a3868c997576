/// A text that never shows itself: not in descriptions, not in string interpolation, not in reflection.
///
/// ``reveal()`` is the only way out, so that every use of the plain text can be found by its name.
package struct Secret: Sendable {
    private let text: String

    /// A secret with this text.
    package init(_ text: String) { self.text = text }

    /// The plain text.
    package func reveal() -> String { text }

    /// Whether the text is empty.
    package var isEmpty: Bool { text.isEmpty }

    /// First four and last four characters round `****`; only `****` for eight characters or fewer (servers.md §8).
    package var abbreviated: String {
        text.count > 8 ? "\(text.prefix(4))****\(text.suffix(4))" : "****"
    }
}

extension Secret: Hashable {
    /// Equal bytes, compared in a time that depends on the lengths only.
    package static func == (lhs: Secret, rhs: Secret) -> Bool {
        let left = Array(lhs.text.utf8)
        let right = Array(rhs.text.utf8)
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
