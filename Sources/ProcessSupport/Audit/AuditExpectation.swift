/// What a whole chain must be besides unbroken: its two ends, which no chain can prove by itself.
package struct AuditExpectation: Sendable, Hashable {
    /// Whether the first record must be the first of a chain.
    package let fromStart: Bool
    /// The hash that the chain must end with, in lower case; nil for whichever.
    package let lastHash: String?

    /// An expectation, by default none; the hash in hexadecimal digits of any case.
    package init(fromStart: Bool = false, lastHash: String? = nil) {
        self.fromStart = fromStart
        self.lastHash = lastHash?.lowercased()
    }

    /// Whether a text has the form of a hash.
    package static func isHash(_ text: String) -> Bool {
        text.utf8.count == AuditDigest.origin.utf8.count
            && text.utf8.allSatisfy { $0.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20) }
    }
}
