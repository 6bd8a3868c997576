/// Takes secrets out of text before it leaves the process (servers.md §8).
///
/// Hidden are: every configured secret as it is, percent-encoded, JSON-escaped and in base64, whatever mixture of escapes it is
/// written in; words in the form of a JWT; the values of `Authorization` and of the headers that carry tokens; words of 20 upper-case
/// letters and digits mixed; and words of exactly 40 letters and digits with both cases and a digit. Secrets are compared byte by byte and
/// never as a pattern. The time is linear in the length of the text.
package struct Redactor: Sendable {
    /// What stands where something was hidden.
    package static let mask = "***"

    private let matcher: SecretMatcher

    /// A redactor that hides these secrets; empty ones are ignored.
    package init(secrets: [Secret] = []) {
        matcher = SecretMatcher(patterns: SecretForms.patterns(of: secrets))
    }

    /// The text with everything that must be hidden replaced by ``mask``; the very same text when there is nothing.
    package func redact(_ text: String) -> String {
        guard text.utf8.count >= min(matcher.shortest, CredentialWords.shortest) else { return text }
        let bytes = Array(text.utf8)
        var hidden = HiddenRanges()
        CredentialWords.find(in: bytes, into: &hidden)
        if !matcher.isEmpty { findSecrets(in: EscapeLayer(bytes), depth: 0, into: &hidden) }
        guard !hidden.isEmpty else { return text }
        return String(decoding: hidden.masked(bytes), as: UTF8.self)
    }

    /// The value of a header or member: hidden whole when the name says that it is a credential, else as ``redact(_:)``.
    package func redact(_ text: String, named name: String?) -> String {
        if let name, !text.isEmpty, CredentialWords.isCredentialName(Array(name.utf8)) { return Self.mask }
        return redact(text)
    }

    /// Looks at the text as it is and at what it stands for when its escapes are read, two levels deep.
    private func findSecrets(in layer: EscapeLayer, depth: Int, into hidden: inout HiddenRanges) {
        matcher.find(in: layer.bytes) { hidden.insert(layer.original($0)) }
        guard depth < 2 else { return }
        if let decoded = layer.percentDecoded() { findSecrets(in: decoded, depth: depth + 1, into: &hidden) }
        if let decoded = layer.jsonUnescaped() { findSecrets(in: decoded, depth: depth + 1, into: &hidden) }
    }
}
