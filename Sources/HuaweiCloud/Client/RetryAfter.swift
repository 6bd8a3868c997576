package import FoundationEssentials

/// The header `Retry-After` (RFC 9110 §10.2.3).
package enum RetryAfter {
    /// How long to wait, by whole seconds or by a date; a date that is over means no wait.
    ///
    /// Nil for a value that cannot be read.
    package static func delay(_ value: String, now: Date) -> Duration? {
        let text = ASCII.trimmed(value)
        if !text.isEmpty, text.utf8.allSatisfy({ ASCII.isDigit($0) }) {
            return .seconds(min(Int(text) ?? .max, 1_000_000_000))
        }
        guard let date = HTTPDate.date(text) else { return nil }
        return .milliseconds(Int64((max(0, date.timeIntervalSince(now)) * 1000).rounded(.up)))
    }
}
