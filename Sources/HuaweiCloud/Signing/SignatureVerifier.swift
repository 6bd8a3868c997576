import Crypto
package import FoundationEssentials
package import ProcessSupport

/// Verifies the signature of a request as it arrived on the wire: the receiver's side of ``Signer``.
package struct SignatureVerifier: Sendable {
    /// Why a request is refused.
    package enum Failure: Error, Sendable, Hashable {
        /// There is no `Authorization` header.
        case missingAuthorization
        /// `Authorization` is not of the form of huaweicloud-http.md §1.4, or there are several.
        case malformedAuthorization
        /// `X-Sdk-Date` is missing or not of its form.
        case malformedDate
        /// `X-Sdk-Date` differs from the clock by more than the tolerance; by so many seconds is it later than the clock.
        case clockSkew(seconds: Int)
        /// `SignedHeaders` is not sorted, repeats a name, or lacks `host` or `x-sdk-date`.
        case malformedSignedHeaders
        /// A signed header is not in the request.
        case missingSignedHeader(String)
        /// A signed header is in the request more than once.
        case repeatedSignedHeader(String)
        /// A header that must be signed, when it is there, is not.
        case unsignedHeader(String)
        /// No secret is known for the access key.
        case unknownAccessKey(String)
        /// The signature is wrong. The canonical request is the one that was computed here.
        case wrongSignature(canonicalRequest: String)
        /// `X-Sdk-Content-Sha256` is the hash of another body.
        case wrongPayloadHash
    }

    /// How far `X-Sdk-Date` may be from the clock, in seconds.
    package var tolerance: Double

    /// A verifier with the API gateway's tolerance of 15 minutes.
    package init(tolerance: Double = 900) { self.tolerance = tolerance }

    /// Checks the signature over everything that it covers.
    ///
    /// - Parameters:
    ///   - method: The method of the request line.
    ///   - path: The path of the request line, still encoded.
    ///   - query: The query of the request line, still encoded, without `?`; empty for none.
    ///   - headers: The fields as received.
    ///   - body: The body as received.
    ///   - now: The time of the verifier.
    ///   - secret: The secret of an access key; nil for a key that is not known.
    /// - Returns: The access key that signed.
    package func verify(
        method: String,
        path: String,
        query: String,
        headers: HeaderList,
        body: [UInt8],
        now: Date,
        secret: (String) -> Secret?
    ) throws(Failure) -> String {
        let authorization = try Self.authorization(in: headers)
        let signedHeaders = authorization.signedHeaders
        try Self.check(signedHeaders: signedHeaders, in: headers)
        let date = headers["X-Sdk-Date"] ?? ""
        guard let signedAt = SigningDate.date(ASCII.trimmed(date)) else { throw .malformedDate }
        let difference = signedAt.timeIntervalSince(now)
        guard abs(difference) <= tolerance else { throw .clockSkew(seconds: Int(difference)) }
        guard let secret = secret(authorization.accessKeyID) else { throw .unknownAccessKey(authorization.accessKeyID) }

        let payloadHash = Signer.payloadHash(headers: headers, body: body)
        let canonicalRequest = Signer.canonicalRequest(
            method: method,
            path: path,
            canonicalQuery: CanonicalQuery.canonical(of: query),
            headers: headers,
            signedHeaders: signedHeaders,
            payloadHash: payloadHash
        )
        let stringToSign = Signer.stringToSign(date: ASCII.trimmed(date), canonicalRequest: canonicalRequest)
        let expected = Signer.signature(of: stringToSign, secretAccessKey: secret)
        guard Self.equalInConstantTime(expected, authorization.signature) else {
            throw .wrongSignature(canonicalRequest: String(decoding: canonicalRequest, as: UTF8.self))
        }
        try Self.check(payloadHash: payloadHash, of: body)
        return authorization.accessKeyID
    }

    private static func authorization(in headers: HeaderList) throws(Failure) -> AuthorizationHeader {
        let values = headers.fields.filter { $0.isNamed("Authorization") }
        guard let first = values.first else { throw .missingAuthorization }
        guard values.count == 1, let header = AuthorizationHeader(first.value) else { throw .malformedAuthorization }
        return header
    }

    private static func check(signedHeaders names: [String], in headers: HeaderList) throws(Failure) {
        for (name, next) in zip(names, names.dropFirst()) {
            guard CanonicalQuery.precedes(name, next) else { throw .malformedSignedHeaders }
        }
        guard names.contains("host"), names.contains("x-sdk-date"), names.allSatisfy({ $0 == ASCII.lowercased($0) }) else {
            throw .malformedSignedHeaders
        }
        for name in names {
            let count = headers.fields.count { $0.isNamed(name) }
            if count == 0 { throw .missingSignedHeader(name) }
            if count > 1 { throw .repeatedSignedHeader(name) }
        }
        // What says who is meant must be covered, or it could be exchanged on the way.
        for name in ["x-project-id", "x-security-token", "x-sdk-content-sha256"] where headers.contains(name) {
            guard names.contains(name) else { throw .unsignedHeader(name) }
        }
    }

    /// A hash that was given is signed as text, so the body has to be compared with it.
    private static func check(payloadHash: String, of body: [UInt8]) throws(Failure) {
        if body.isEmpty || payloadHash == "UNSIGNED-PAYLOAD" { return }
        guard payloadHash == Signer.payloadHash(headers: HeaderList(), body: body) else { throw .wrongPayloadHash }
    }

    /// Takes equally long wherever the first difference is.
    private static func equalInConstantTime(_ lhs: String, _ rhs: String) -> Bool {
        guard lhs.utf8.count == rhs.utf8.count else { return false }
        return zip(lhs.utf8, rhs.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
