import AuthCommon
import JSONRPC

/// A JWT in its compact form, decoded but not verified (RFC 7519, RFC 7515).
struct CompactToken: Sendable {
    /// The longest token that is looked at, in bytes (gateway.md §7.1).
    static let maximumBytes = 8_192

    /// The header.
    let header: JSONObject
    /// The claims.
    let claims: JSONObject
    /// What the signature is over.
    let signingInput: [UInt8]
    /// The signature.
    let signature: [UInt8]

    /// Decodes three base64url segments of which the first two are JSON objects.
    ///
    /// Of duplicate members the last one counts.
    init(_ token: some Collection<UInt8>) throws(TokenFault) {
        guard token.count <= Self.maximumBytes else { throw .decode }
        let segments = token.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard segments.count == 3 else { throw .decode }
        header = try Self.object(segments[0])
        claims = try Self.object(segments[1])
        guard let signature = Base64URL.decode(segments[2]) else { throw .decode }
        self.signature = signature
        signingInput = segments[0] + [UInt8(ascii: ".")] + segments[1]
    }

    private static func object(_ segment: some Collection<UInt8>) throws(TokenFault) -> JSONObject {
        guard let bytes = Base64URL.decode(segment) else { throw .decode }
        do {
            guard case .object(let object) = try JSONParser.parse(bytes, duplicates: .lastWins) else { throw TokenFault.decode }
            return object
        } catch {
            throw .decode
        }
    }
}
