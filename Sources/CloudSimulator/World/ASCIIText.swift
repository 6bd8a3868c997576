/// ASCII letter case, without regard to locale.
enum ASCIIText {
    /// The text with `A`–`Z` in lower case; every other byte stays.
    static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
