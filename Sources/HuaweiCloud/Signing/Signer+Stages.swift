import Crypto
package import ProcessSupport

/// The stages of the signature (huaweicloud-http.md §1.2 and §1.4). Pure functions.
extension Signer {
    /// The canonical URI: the path decoded as a whole, split at `/`, each piece encoded, with a `/` at the end.
    ///
    /// The path must not be empty.
    package static func canonicalURI(_ path: String) -> String {
        var output: [UInt8] = []
        appendCanonicalURI(path, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The names of the signed headers: all without a `_`, in lower case, sorted by bytes.
    package static func signedHeaders(_ headers: HeaderList) -> [String] {
        var names: [String] = []
        names.reserveCapacity(headers.fields.count)
        for field in headers where !field.name.utf8.contains(UInt8(ascii: "_")) { names.append(ASCII.lowercased(field.name)) }
        names.sort { CanonicalQuery.precedes($0, $1) }
        return names
    }

    /// The payload hash: of an empty body always the SHA-256 of nothing; else the value of `X-Sdk-Content-Sha256` as it is; else
    /// the SHA-256 of the body in lower-case hexadecimal digits.
    package static func payloadHash(headers: HeaderList, body: [UInt8]) -> String {
        if body.isEmpty { return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
        if let given = headers["X-Sdk-Content-Sha256"] { return given }
        return lowerHex(SHA256.hash(data: body))
    }

    /// The canonical request.
    ///
    /// - Parameters:
    ///   - path: The path as on the wire.
    ///   - canonicalQuery: The query, already canonical.
    ///   - headers: Headers among which every signed one is found.
    ///   - signedHeaders: Lower-case names, sorted.
    package static func canonicalRequest(
        method: String,
        path: String,
        canonicalQuery: String,
        headers: HeaderList,
        signedHeaders: [String],
        payloadHash: String
    ) -> [UInt8] {
        let lineFeed = UInt8(ascii: "\n")
        var output: [UInt8] = []
        output.reserveCapacity(768)
        for byte in method.utf8 { output.append(ASCII.uppercased(byte)) }
        output.append(lineFeed)
        appendCanonicalURI(path, to: &output)
        output.append(lineFeed)
        output.append(contentsOf: canonicalQuery.utf8)
        output.append(lineFeed)
        for name in signedHeaders {
            output.append(contentsOf: name.utf8)
            output.append(UInt8(ascii: ":"))
            output.append(contentsOf: ASCII.trimmed(headers[name] ?? "").utf8)
            output.append(lineFeed)
        }
        output.append(lineFeed)
        append(signedHeaders, to: &output)
        output.append(lineFeed)
        output.append(contentsOf: payloadHash.utf8)
        return output
    }

    /// The string to sign: the algorithm, the value of `X-Sdk-Date` and the hash of the canonical request, on a line each.
    package static func stringToSign(date: String, canonicalRequest: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(100)
        output.append(contentsOf: algorithm.utf8)
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: date.utf8)
        output.append(UInt8(ascii: "\n"))
        ASCII.appendLowerHex(SHA256.hash(data: canonicalRequest), to: &output)
        return output
    }

    /// The signature in lower-case hexadecimal digits: HMAC-SHA256 of the string to sign under the secret key.
    package static func signature(of stringToSign: [UInt8], secretAccessKey: Secret) -> String {
        lowerHex(authenticationCode(of: stringToSign, secretAccessKey: secretAccessKey))
    }

    /// The value of `Authorization`.
    package static func authorization(accessKeyID: String, signedHeaders: [String], signature: String) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        output.append(contentsOf: algorithm.utf8)
        output.append(contentsOf: " Access=".utf8)
        output.append(contentsOf: accessKeyID.utf8)
        output.append(contentsOf: ", SignedHeaders=".utf8)
        append(signedHeaders, to: &output)
        output.append(contentsOf: ", Signature=".utf8)
        output.append(contentsOf: signature.utf8)
        return String(decoding: output, as: UTF8.self)
    }

    static func authenticationCode(of stringToSign: [UInt8], secretAccessKey: Secret) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: stringToSign, using: SymmetricKey(data: Array(secretAccessKey.reveal().utf8)))
    }

    /// Each piece between slashes, encoded.
    ///
    /// The slash comes out of the decoded path, so that `%2F` separates too.
    private static func appendCanonicalURI(_ path: String, to output: inout [UInt8]) {
        let slash = UInt8(ascii: "/")
        let hasEscapes = path.utf8.contains(UInt8(ascii: "%"))
        let decoded = hasEscapes ? PercentEncoding.decoded(path.utf8) : Array(path.utf8)
        for byte in decoded {
            if byte == slash { output.append(slash) } else { PercentEncoding.append(byte, to: &output) }
        }
        if decoded.last != slash { output.append(slash) }
    }

    private static func append(_ signedHeaders: [String], to output: inout [UInt8]) {
        for (index, name) in signedHeaders.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ";")) }
            output.append(contentsOf: name.utf8)
        }
    }

    private static func lowerHex(_ bytes: some Sequence<UInt8>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(64)
        ASCII.appendLowerHex(bytes, to: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
