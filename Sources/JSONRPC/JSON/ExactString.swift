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
        lhs.utf8.count == rhs.utf8.count && lhs == rhs && (isShort(lhs) || sameBytes(lhs, rhs))
    }

    /// Texts of one byte are ASCII or no text at all: nothing else is equivalent to them.
    @inline(__always)
    private static func isShort(_ text: String) -> Bool { text.utf8.count <= 1 }

    private static func sameBytes(_ lhs: String, _ rhs: String) -> Bool {
        let fast = unsafe lhs.utf8.withContiguousStorageIfAvailable { left in
            unsafe rhs.utf8.withContiguousStorageIfAvailable { right in
                unsafe same(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
            }
        }
        return (fast ?? nil) ?? lhs.utf8.elementsEqual(rhs.utf8)
    }

    /// Whether a string consists of these bytes.
    static func same(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let fast = unsafe text.utf8.withContiguousStorageIfAvailable { (buffer) in
            unsafe same(UnsafeRawBufferPointer(buffer), bytes)
        }
        return unsafe fast ?? text.utf8.elementsEqual(bytes)
    }

    /// Whether two texts have the same bytes; eight at a time.
    static func same(_ lhs: UnsafeRawBufferPointer, _ rhs: UnsafeRawBufferPointer) -> Bool {
        guard lhs.count == rhs.count else { return false }
        var offset = 0
        while offset + 8 <= lhs.count {
            let left = unsafe lhs.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let right = unsafe rhs.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard left == right else { return false }
            offset += 8
        }
        while offset < lhs.count {
            guard unsafe lhs[offset] == rhs[offset] else { return false }
            offset += 1
        }
        return true
    }

    /// A number that equal texts share and most others do not: length, first and last bytes.
    ///
    /// Not for tables that grow with the input.
    static func fingerprint(_ text: String) -> UInt64 {
        let fast = unsafe text.utf8.withContiguousStorageIfAvailable { buffer in
            unsafe fingerprint(UnsafeRawBufferPointer(buffer))
        }
        return fast ?? UInt64(truncatingIfNeeded: text.utf8.count)
    }

    /// The number of the text that these bytes are.
    static func fingerprint(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let length = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        guard bytes.count >= 8 else {
            var few: UInt64 = 0
            for index in 0..<bytes.count { few = unsafe few << 8 | UInt64(bytes[index]) }
            return few ^ length
        }
        let first = unsafe bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        let last = unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
        return first ^ (last << 1 | last >> 63) ^ length
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
