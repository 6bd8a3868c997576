import AuthCommon
import Crypto

/// Turns the session ids of servers into ids for clients and back, without a table (gateway.md §9.3).
///
/// The client's id is the server's, encrypted with AES-256-GCM and authenticated together with the ``SessionBinding``: it tells nothing,
/// cannot be guessed or altered, and opens only for the subject, tenant and mount it was made for. The nonce is derived from the content
/// with HMAC-SHA256 (as in SIV modes), so that the same session always has the same id and no randomness can repeat.
struct SessionSealer: Sendable {
    /// The longest id of a server that is sealed.
    static let longestID = 1_024

    private static let nonceSize = 12
    private static let tagSize = 16

    private let encryptionKey: SymmetricKey
    private let nonceKey: SymmetricKey

    /// A sealer for the 32 bytes of `MCP_GATEWAY_SESSION_KEY`; the same on every replica.
    init(key: SymmetricKey) {
        encryptionKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key,
            info: Array("mcp-gateway session encryption".utf8),
            outputByteCount: 32
        )
        nonceKey = HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array("mcp-gateway session nonce".utf8), outputByteCount: 32)
    }

    /// The client's id for a server's id; nil when the server's is empty, too long, or not visible ASCII (`mcp.md` §2.3).
    func seal(_ id: [UInt8], for binding: SessionBinding) -> String? {
        guard !id.isEmpty, id.count <= Self.longestID, Self.isVisible(id) else { return nil }
        let context = binding.bytes
        var hash = HMAC<SHA256>(key: nonceKey)
        hash.update(data: context)
        hash.update(data: id)
        guard let nonce = try? AES.GCM.Nonce(data: Array(hash.finalize().prefix(Self.nonceSize))),
            let box = try? AES.GCM.seal(id, using: encryptionKey, nonce: nonce, authenticating: context),
            let combined = box.combined
        else { return nil }
        return Base64URL.encode(Array(combined))
    }

    /// The server's id for a client's id; nil for every id that ``seal(_:for:)`` did not give out for this binding.
    func open(_ wrapped: [UInt8], for binding: SessionBinding) -> [UInt8]? {
        let longest = (Self.nonceSize + Self.longestID + Self.tagSize) * 4 / 3 + 4
        guard wrapped.count <= longest,
            // Strict: one text only stands for an id.
            let combined = Base64URL.decode(wrapped), combined.count > Self.nonceSize + Self.tagSize,
            let box = try? AES.GCM.SealedBox(combined: combined),
            let id = try? AES.GCM.open(box, using: encryptionKey, authenticating: binding.bytes)
        else { return nil }
        let bytes = Array(id)
        return Self.isVisible(bytes) ? bytes : nil
    }

    private static func isVisible(_ id: [UInt8]) -> Bool { id.allSatisfy { $0 > HTTPByte.space && $0 < HTTPByte.delete } }
}
