import ProcessSupport

/// What is hidden for its shape or its element (cts.md §6.4).
extension TextMasker {
    /// A JWT in a run of the characters of names: `eyJ….….…`; a missing signature does not save it.
    ///
    /// A search that fails goes on where it failed: every start before that would fail at the same place.
    func webToken(in run: Range<Int>) -> Range<Int>? {
        var index = run.lowerBound
        while index + 2 < run.upperBound {
            guard beginsToken(at: index, in: run) else {
                index += 1
                continue
            }
            let start = index
            index = endOfSegment(from: index, in: run)
            guard isDot(index, in: run) else { continue }
            let payload = index + 1
            index = endOfSegment(from: payload, in: run)
            guard index > payload, isDot(index, in: run) else { continue }
            index = endOfSegment(from: index + 1, in: run)
            while isDot(index, in: run), endOfSegment(from: index + 1, in: run) > index + 1 {
                index = endOfSegment(from: index + 1, in: run)
            }
            return start..<index
        }
        return nil
    }

    private func beginsToken(at index: Int, in run: Range<Int>) -> Bool {
        guard bytes[index] == UInt8(ascii: "e"), bytes[index + 1] == UInt8(ascii: "y"), bytes[index + 2] == UInt8(ascii: "J") else {
            return false
        }
        return index == run.lowerBound || !bytes[index - 1].isASCIILetterOrDigit
    }

    private func isDot(_ index: Int, in run: Range<Int>) -> Bool { index < run.upperBound && bytes[index] == UInt8(ascii: ".") }

    private func endOfSegment(from start: Int, in run: Range<Int>) -> Int {
        var index = start
        while index < run.upperBound, bytes[index] < 0x80, bytes[index] != UInt8(ascii: ".") { index += 1 }
        return index
    }

    /// The content of the element whose tag begins here, if its local name is sensitive and the content is not blank.
    func sensitiveContent(ofElementAt start: Int) -> Range<Int>? {
        var end = start + 1
        while end < bytes.count, Self.isNameByte(bytes[end]) || bytes[end] == UInt8(ascii: ":") { end += 1 }
        let name = start + 1..<end
        let localName = bytes[name].lastIndex(of: UInt8(ascii: ":")).map { $0 + 1..<end } ?? name
        guard !localName.isEmpty, SensitiveNames.contains(text(localName)) else { return nil }
        // A `>` in an attribute ends the tag too early, which only hides more.
        while end < bytes.count, bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "<") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">"), bytes[end - 1] != UInt8(ascii: "/") else { return nil }
        let content = content(from: end + 1)
        return skipWhiteSpace(from: content.lowerBound) < content.upperBound ? content : nil
    }

    /// Up to the next tag; of a CDATA section its text.
    private func content(from start: Int) -> Range<Int> {
        let opening = "<![CDATA[".utf8
        if bytes[start...].starts(with: opening) {
            let text = start + opening.count
            var end = text
            while end < bytes.count, !bytes[end...].starts(with: "]]>".utf8) { end += 1 }
            return text..<end
        }
        return start..<(bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count)
    }
}
