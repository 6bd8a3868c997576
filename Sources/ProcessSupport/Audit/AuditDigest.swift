import Crypto

/// SHA-256 in lower-case hexadecimal digits, as audit records carry it.
package enum AuditDigest {
    /// The number of digits.
    package static let length = 64
    /// What the first record of a chain has for the hash of the one before.
    package static let origin = String(repeating: "0", count: length)

    /// The digest of these bytes.
    package static func of(_ bytes: some Collection<UInt8>) -> String {
        var hash = SHA256()
        let isDone: Void? = bytes.withContiguousStorageIfAvailable { unsafe hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        if isDone == nil { hash.update(data: Array(bytes)) }
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(length)
        for byte in hash.finalize() {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a text is a digest.
    static func isDigest(_ text: some Collection<UInt8>) -> Bool {
        text.count == length
            && text.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
