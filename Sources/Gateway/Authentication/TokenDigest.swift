import Crypto

/// The SHA-256 digest of a token, so that no table and no cache holds a token.
struct TokenDigest: Sendable, Hashable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// The digest of a token's bytes.
    init(of token: some Collection<UInt8>) {
        var hash = SHA256()
        let isDone: Void? = token.withContiguousStorageIfAvailable { unsafe hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        if isDone == nil { hash.update(data: Array(token)) }
        var bytes = hash.finalize().makeIterator()
        func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(bytes.next() ?? 0) } }
        first = word()
        second = word()
        third = word()
        fourth = word()
    }

    /// The key of the identity in the modes without tokens.
    static let tokenless = TokenDigest(of: [])
}
