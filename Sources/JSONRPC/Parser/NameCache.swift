/// Member names that were read before, so that rows of the same shape share one string per name.
///
/// A table of fixed size in which a newer name displaces an older one: neither its size nor the work of a look-up depends on the sender.
struct NameCache {
    /// Names up to this length need no storage of their own.
    static let longestInline = 15

    private static let slots = 128
    private static let longest = 64

    private var names: [String] = []
    private var fingerprints: [UInt64] = []

    /// The string of these bytes, which are known to be UTF-8.
    mutating func name(_ bytes: Span<UInt8>, _ fingerprint: UInt64) -> String {
        guard bytes.count > Self.longestInline, bytes.count <= Self.longest else { return Self.text(bytes) }
        if names.isEmpty {
            names = Array(repeating: "", count: Self.slots)
            fingerprints = Array(repeating: 0, count: Self.slots)
        }
        let slot = Int(truncatingIfNeeded: (fingerprint &* 0x9E37_79B9_7F4A_7C15) >> 57)
        if fingerprints[slot] == fingerprint, Self.same(names[slot], bytes) { return names[slot] }
        let name = Self.text(bytes)
        names[slot] = name
        fingerprints[slot] = fingerprint
        return name
    }

    private static func same(_ name: String, _ bytes: Span<UInt8>) -> Bool {
        unsafe bytes.withUnsafeBufferPointer { (buffer) in unsafe ExactString.same(name, UnsafeRawBufferPointer(buffer)) }
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        unsafe bytes.withUnsafeBufferPointer { (buffer) in unsafe String(decoding: buffer, as: UTF8.self) }
    }
}
