package import ProcessSupport

/// Makes text that came from outside fit for a message: redacted, free of control characters, at most 1,024 code points
/// (huaweicloud-http.md §6.1).
package struct MessageCleaner: Sendable {
    /// How many code points a message may have.
    package static let maximumLength = 1024

    /// Nobody reads more; without a bound a hostile answer of 32 MiB would be searched for secrets.
    private static let maximumInput = 1 << 20

    private let redactor: Redactor?
    private let secrets: [Secret]

    /// - Parameters:
    ///   - redactor: What the configuration knows to be secret.
    ///   - secrets: What a single call knows besides, such as the credentials it was signed with.
    package init(redactor: Redactor? = nil, secrets: [Secret] = []) {
        self.redactor = redactor
        self.secrets = secrets.filter { !$0.isEmpty }
    }

    /// The text made fit.
    ///
    /// Runs of control characters become one space. Redaction comes first: a secret that was cut in two would not be found any more.
    package func clean(_ text: String) -> String {
        var text = text
        if text.utf8.count > Self.maximumInput { text = String(decoding: text.utf8.prefix(Self.maximumInput), as: UTF8.self) }
        if let redactor { text = redactor.redact(text) }
        if !secrets.isEmpty { text = Redactor(secrets: secrets).redact(text) }
        return Self.withoutControls(text, limit: Self.maximumLength)
    }

    /// The text without control characters and white space at its ends, cut to so many code points.
    static func withoutControls(_ text: String, limit: Int) -> String {
        var output = String.UnicodeScalarView()
        var count = 0
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                pendingSpace = count > 0
                continue
            }
            if count == 0, scalar == " " { continue }
            if pendingSpace, scalar != " ", output.last != " " {
                if count == limit { break }
                output.append(" ")
                count += 1
            }
            pendingSpace = false
            if count == limit { break }
            output.append(scalar)
            count += 1
        }
        while output.last == " " { output.removeLast() }
        return String(output)
    }

    /// C0, DEL, C1, the line and paragraph separators, and the marks that turn the direction of text round.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
