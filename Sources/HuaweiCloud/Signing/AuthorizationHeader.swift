/// The parts of an `Authorization` header in the form of huaweicloud-http.md §1.4.
package struct AuthorizationHeader: Sendable, Hashable {
    /// The access key.
    package let accessKeyID: String
    /// The names of the signed headers, as they stand there.
    package let signedHeaders: [String]
    /// The signature, as it stands there.
    package let signature: String

    /// Reads a header value; nil when the algorithm is another one, a part is missing, empty, repeated or unknown.
    package init?(_ value: String) {
        let bytes = ASCII.trimmed(Substring(value).utf8)
        let prefix = Signer.algorithm.utf8
        guard bytes.starts(with: prefix) else { return nil }
        let rest = bytes.dropFirst(prefix.count)
        guard let separator = rest.first, ASCII.isBlank(separator) else { return nil }
        var parts: [String: String] = [:]
        for piece in rest.split(separator: UInt8(ascii: ",")) {
            let trimmed = ASCII.trimmed(piece)
            let name = trimmed.prefix { $0 != UInt8(ascii: "=") }
            let content = trimmed.dropFirst(name.count + 1)
            let key = String(Substring(name))
            guard ["Access", "SignedHeaders", "Signature"].contains(key), parts[key] == nil, !content.isEmpty else { return nil }
            parts[key] = String(Substring(content))
        }
        guard let access = parts["Access"], let headers = parts["SignedHeaders"], let signature = parts["Signature"] else { return nil }
        accessKeyID = access
        signedHeaders = headers.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        self.signature = signature
    }
}
