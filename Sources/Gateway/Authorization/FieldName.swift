/// Comparisons of header field names: ASCII letters in any case, byte by byte.
enum FieldName {
    /// Whether `name` is `lowercase` in any case.
    static func same(_ name: String, _ lowercase: StaticString) -> Bool {
        guard name.utf8.count == lowercase.utf8CodeUnitCount else { return false }
        return starts(name, with: lowercase, folding: false)
    }

    /// Whether the name belongs to a header that a proxy adds: `Forwarded`, `X-Forwarded-*`, `X-Real-IP`, also with `_` for `-`.
    static func isForwarding(_ name: String) -> Bool {
        switch name.utf8.first {
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return same(name, "forwarded")
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            if name.utf8.count == 9 { return starts(name, with: "x-real-ip", folding: true) }
            return starts(name, with: "x-forwarded", folding: true)
        default:
            return false
        }
    }

    private static func starts(_ name: String, with prefix: StaticString, folding: Bool) -> Bool {
        prefix.withUTF8Buffer { prefix in
            guard name.utf8.count >= prefix.count else { return false }
            for (index, byte) in name.utf8.prefix(prefix.count).enumerated() {
                var byte = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
                if folding, byte == UInt8(ascii: "_") { byte = UInt8(ascii: "-") }
                if unsafe byte != prefix[index] { return false }
            }
            return true
        }
    }
}
