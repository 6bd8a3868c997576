/// How long the text block of a result may be.
///
/// A longer one is cut and says so; `structuredContent` always stays whole, so that nothing is lost but what a model would read twice.
package struct TextBudget: Sendable, Hashable {
    /// 60 KB.
    package static let `default` = TextBudget(bytes: 61_440)

    /// The values that `MCP_MAX_TEXT_BYTES` may have.
    package static let range = 1_024...16_777_216

    /// The longest text, in bytes of UTF-8, the mark included.
    package let bytes: Int

    /// A budget of so many bytes.
    package init(bytes: Int) { self.bytes = bytes }

    /// The text, or as much of its beginning as fits with a mark behind it.
    ///
    /// - Parameter isStructured: Whether the client also receives the whole as structured content.
    func fit(_ text: String, isStructured: Bool) -> String {
        let count = text.utf8.count
        guard count > bytes else { return text }
        let whole = isStructured ? "structuredContent is complete" : "the rest is left out"
        let mark = "…[TRUNCATED: \(count) bytes are more than \(bytes); \(whole). Ask for less: fields, limit or filters.]"
        var end = text.utf8.index(text.startIndex, offsetBy: max(0, bytes - mark.utf8.count))
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + mark
    }
}
