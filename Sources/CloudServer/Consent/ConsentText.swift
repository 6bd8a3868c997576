import ProcessSupport

/// Makes texts that other people wrote fit for a question on which a decision hangs.
enum ConsentText {
    /// The longest name that anybody is asked to type, in Unicode scalars.
    static let longestPhrase = 256

    /// The text on one line, without control characters, bounded: it cannot pretend to be another part of the question.
    static func shown(_ text: String) -> String { ErrorText.cut(ErrorText.singleLine(text), to: ErrorText.maximumLength) }

    /// The trimmed text if a person can see all of it and type it; nil for one that is empty, too long or has invisible characters.
    static func typeable(_ text: String?) -> String? {
        guard let text = text?.trimmed, !text.isEmpty, text.unicodeScalars.count <= longestPhrase else { return nil }
        return text.unicodeScalars.allSatisfy(isVisible) ? text : nil
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
