extension StringProtocol {
    /// The text without white space and line ends at both ends.
    package var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// The elements of a comma list: trimmed, empty ones dropped.
    package var commaList: [String] {
        split(separator: ",", omittingEmptySubsequences: true).map(\.trimmed).filter { !$0.isEmpty }
    }
}

extension String {
    /// Equal bytes.
    ///
    /// `==` would also accept canonically equivalent texts.
    package func isIdentical(to other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// The bytes decoded as UTF-8; nil when they are not valid UTF-8.
    package init?(strictUTF8 bytes: some Sequence<UInt8>) {
        self.init(validating: bytes, as: UTF8.self)
    }
}
