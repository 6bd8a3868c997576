/// A text of bounded length, counted in Unicode scalars.
struct TruncatedText: Sendable, Hashable {
    /// What stands at the end of a text that was cut.
    static let mark = "...[TRUNCATED]"

    /// The text, or its beginning with ``mark`` behind it.
    let text: String
    /// Whether something was left out.
    let isTruncated: Bool

    /// The first `maximumLength` scalars of a text.
    init(_ text: String, maximumLength: Int) {
        let scalars = text.unicodeScalars
        if let end = scalars.index(scalars.startIndex, offsetBy: maximumLength, limitedBy: scalars.endIndex), end < scalars.endIndex {
            self.text = String(scalars[..<end]) + Self.mark
            isTruncated = true
        } else {
            self.text = text
            isTruncated = false
        }
    }
}
