package import JSONRPC
import ProcessSupport

/// Hides credentials in texts and trees that other people wrote (cts.md §6).
///
/// Names stay visible; values under sensitive names become ``placeholder``. All of it is linear in the size of what is masked,
/// whatever that contains.
package enum Masking {
    /// What a hidden value is replaced by.
    package static let placeholder = SensitiveNames.placeholder

    /// How many texts that are JSON may stand inside each other as strings; what lies deeper is masked as text.
    package static let maximumEncodings = 16

    /// Masks a text that may be JSON, which is then laid out anew, or may be anything else (cts.md §6.1).
    package static func mask(_ text: String) -> String { mask(text, at: MaskingDepth()) }

    /// Masks a tree: values under sensitive names, values beside one in name/value pairs, and inside every string (cts.md §6.3).
    package static func maskStructured(_ value: JSONValue) -> JSONValue { StructuredMasker.mask(value, at: MaskingDepth()) }

    /// Masks an object, as ``maskStructured(_:)``.
    package static func maskStructured(_ object: JSONObject) -> JSONObject { StructuredMasker.mask(object, at: MaskingDepth()) }

    /// Masks a text that is not taken for JSON, even if it looks like it (cts.md §6.4).
    package static func maskText(_ text: String) -> String {
        var masker = TextMasker(text)
        return masker.masked()
    }

    static func mask(_ text: String, at depth: MaskingDepth) -> String {
        guard let value = structured(text, at: depth) else { return maskText(text) }
        return StructuredMasker.mask(value, at: depth.encoded).text(.spaced)
    }

    /// The tree that a text says as a whole; nil for what is to be masked as text.
    private static func structured(_ text: String, at depth: MaskingDepth) -> JSONValue? {
        guard let limits = depth.limits else { return nil }
        guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }), "{[\"".unicodeScalars.contains(first) else {
            return nil
        }
        return try? JSONParser.parse(text.trimmed, limits: limits, duplicates: .lastWins)
    }
}
