package import ProcessSupport

/// Makes a text fit to be shown: redacted, on one line, free of control characters, of bounded length (servers.md §1).
package struct ErrorText: Sendable {
    /// The longest text, in Unicode scalars.
    package static let maximumLength = 1_024

    private let redactor: Redactor

    /// - Parameter redactor: Knows the configured secrets.
    package init(redactor: Redactor) { self.redactor = redactor }

    /// The text without secrets, with every run of control characters and white space as one space, cut to ``maximumLength``.
    package func clean(_ text: String) -> String {
        // A secret may be broken by a line feed only after redaction has seen the text as it is, hence this order; and it may
        // begin before the cut and end behind it, hence the cut is last.
        Self.cut(Self.singleLine(redactor.redact(text)), to: Self.maximumLength)
    }

    /// The error with its texts cleaned.
    package func clean(_ error: ToolError) -> ToolError {
        var error = error
        error.message = clean(error.message)
        error.hint = error.hint.map(clean)
        error.details = error.details.map { ToolError.Detail(path: clean($0.path), message: clean($0.message)) }
        return error
    }

    /// Replaces every run of control characters, line separators and white space by one space, and trims the ends.
    package static func singleLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace || isControl(scalar) {
                pendingSpace = !result.isEmpty
                continue
            }
            if pendingSpace {
                result.append(" ")
                pendingSpace = false
            }
            result.append(scalar)
        }
        return String(result)
    }

    /// C0, DEL, C1, and the invisible marks that reorder what a person reads.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// The first `count` scalars, the last of them `…` when something was left out.
    static func cut(_ text: String, to count: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex), end < scalars.endIndex else {
            return text
        }
        return String(scalars[..<scalars.index(before: end)]) + "…"
    }
}
