package import Crypto
import JSONRPC

/// Verifies identity assertions; a server's half of servers.md §5.1.
///
/// Nothing of the payload is judged before the signature is verified.
package struct IdentityAssertionVerifier: Sendable {
    private let keys: [Curve25519.Signing.PublicKey]
    private let audience: String

    /// A verifier for the service of this name.
    ///
    /// Any of the keys may verify, so that they can be rotated.
    package init(keys: [Curve25519.Signing.PublicKey], audience: String) {
        self.keys = keys
        self.audience = audience
    }

    /// The identity that the assertion states.
    ///
    /// `now` is in seconds since 1970.
    package func verify(_ jws: String, now: Int64) throws(AssertionError) -> Identity {
        guard jws.utf8.count <= IdentityAssertion.longest else { throw .malformed }
        let segments = jws.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3,
            let header = Base64URL.decode(segments[0]),
            let payload = Base64URL.decode(segments[1]),
            let signature = Base64URL.decode(segments[2])
        else { throw .malformed }
        try check(header: try object(header))
        let signed = Array(jws.utf8.prefix(segments[0].count + 1 + segments[1].count))
        guard keys.contains(where: { $0.isValidSignature(signature, for: signed) }) else { throw .signature }
        return try IdentityClaims(try object(payload)).identity(audience: audience, now: now)
    }

    private func check(header: JSONObject) throws(AssertionError) {
        guard header["alg"]?.stringValue?.utf8.elementsEqual(IdentityAssertion.algorithm.utf8) == true else { throw .algorithm }
        guard let type = header["typ"]?.stringValue, type.utf8.elementsEqual(IdentityAssertion.type.utf8) else { throw .malformed }
        if let keyID = header["kid"], keyID.stringValue == nil { throw .malformed }
        // An extension that must be understood and is not (RFC 7515 §4.1.11).
        if header.contains("crit") { throw .malformed }
    }

    /// A JSON object in which no member is repeated.
    private func object(_ bytes: [UInt8]) throws(AssertionError) -> JSONObject {
        let limits = JSONLimits(maximumDepth: 16, maximumBytes: IdentityAssertion.longest)
        guard case .object(let object) = try? JSONParser.parse(bytes, limits: limits) else { throw .malformed }
        return object
    }
}
