import Crypto

/// The SHA-256 digest of a token, so that no table and no cache holds a token.
struct TokenDigest: Sendable, Hashable {
    private let words: [UInt64]

    /// The digest of a token's bytes.
    init(of token: some Sequence<UInt8>) {
        var hash = SHA256()
        hash.update(data: Array(token))
        var words: [UInt64] = []
        words.reserveCapacity(4)
        var word: UInt64 = 0
        for (index, byte) in hash.finalize().enumerated() {
            word = word << 8 | UInt64(byte)
            if index % 8 == 7 { words.append(word) }
        }
        self.words = words
    }

    /// The key of the identity in the modes without tokens.
    static let tokenless = TokenDigest(of: [])
}
