import Crypto

/// SHA-256 in hexadecimal digits.
enum SHA256Text {
    /// All 64 digits.
    static func whole(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }
        .joined()
    }

    /// The first 16 digits, by which records of one thing can be told from those of another.
    static func short(_ bytes: [UInt8]) -> String { String(whole(bytes).prefix(16)) }
}
