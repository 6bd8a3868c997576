/// The elements of a list in a header field, from the right to the left: the ones that the nearest proxies wrote come first.
///
/// Read from the right so that nothing a client put in front, an open quote for one, changes how the proxies' elements are read. Every byte
/// is looked at a bounded number of times.
struct ForwardedElements {
    /// Whether commas in quotes are part of an element, as in `Forwarded`.
    let hasQuotes: Bool
    /// What is still to be read.
    private var rest: Range<Int>
    private var isOver = false

    /// The elements of a field's value.
    init(_ value: Range<Int>, hasQuotes: Bool) {
        rest = value
        self.hasQuotes = hasQuotes
    }

    /// The place of the next element to the left, without the white space round it; it may be empty.
    mutating func next(_ bytes: Span<UInt8>) -> Range<Int>? {
        guard !isOver else { return nil }
        var start = rest.upperBound
        while start > rest.lowerBound, bytes[start - 1] != HTTPByte.comma {
            start -= 1
            if hasQuotes, bytes[start] == UInt8(ascii: "\"") { start = opening(of: start, bytes) }
        }
        var element = start..<rest.upperBound
        if start > rest.lowerBound { rest = rest.lowerBound..<start - 1 } else { isOver = true }
        while let first = element.first, isBlank(bytes[first]) { element = first + 1..<element.upperBound }
        while let last = element.last, isBlank(bytes[last]) { element = element.lowerBound..<last }
        return element
    }

    /// Where the quoted text begins that ends there; the beginning of the rest when it does not begin.
    private func opening(of end: Int, _ bytes: Span<UInt8>) -> Int {
        var position = end
        while position > rest.lowerBound {
            position -= 1
            guard bytes[position] == UInt8(ascii: "\"") else { continue }
            var slashes = 0
            while position - slashes > rest.lowerBound, bytes[position - slashes - 1] == UInt8(ascii: "\\") { slashes += 1 }
            if slashes % 2 == 0 { return position }
            // The quote is part of the text, and so are the backslashes in front of it.
            position -= slashes
        }
        return rest.lowerBound
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == HTTPByte.space || byte == HTTPByte.tab }
}
