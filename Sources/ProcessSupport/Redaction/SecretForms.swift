/// The texts by which a secret is recognised.
///
/// Percent and JSON escapes are not among them: they are read before the comparison.
enum SecretForms {
    /// Parts of a secret shorter than this are not looked for on their own.
    private static let shortestPart = 16

    static func patterns(of secrets: [Secret]) -> [[UInt8]] {
        var patterns: Set<[UInt8]> = []
        for secret in secrets {
            for text in texts(of: secret.reveal()) {
                patterns.formUnion(forms(Array(text.utf8)))
                patterns.formUnion(pieces(Array(text.utf8)))
            }
        }
        return patterns.filter { !$0.isEmpty }
    }

    /// The secret, and for one of several lines (a PEM text) each telling line and the lines joined, because either gives it away.
    private static func texts(of secret: String) -> [String] {
        let whole = secret.trimmed
        let lines = whole.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.hasPrefix("-----") }
        guard whole.contains(where: \.isNewline) else { return [whole] }
        return [whole, lines.joined()] + lines.filter { $0.utf8.count >= shortestPart }
    }

    /// A long secret in pieces, so that one that was cut off does not show.
    private static func pieces(_ text: [UInt8]) -> [[UInt8]] {
        let length = 2 * shortestPart
        guard text.count >= 2 * length else { return [] }
        return stride(from: 0, through: text.count - length, by: length).map { Array(text[$0..<$0 + length]) }
    }

    private static func forms(_ text: [UInt8]) -> [[UInt8]] {
        guard !text.isEmpty else { return [] }
        var forms = [text]
        // A form field writes a space as `+`.
        if text.contains(UInt8(ascii: " ")) { forms.append(text.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }) }
        for alphabet in [Base64.Alphabet.standard, .urlSafe] {
            forms.append(Array(Base64.encode(text, alphabet, padding: .required).utf8))
            forms.append(Array(Base64.encode(text, alphabet, padding: .none).utf8))
            for offset in 0..<3 {
                let inner = encodedInside(text, offset: offset, alphabet)
                if inner.count >= shortestPart { forms.append(inner) }
            }
        }
        return forms
    }

    /// What the secret always looks like inside the base64 of a longer text that has it at a position of this remainder by three.
    private static func encodedInside(_ text: [UInt8], offset: Int, _ alphabet: Base64.Alphabet) -> [UInt8] {
        let encoded = Array(Base64.encode([UInt8](repeating: 0, count: offset) + text, alphabet, padding: .none).utf8)
        let firstOwn = (offset * 8 + 5) / 6
        let endOwn = (offset + text.count) * 8 / 6
        return firstOwn < endOwn ? Array(encoded[firstOwn..<endOwn]) : []
    }
}
