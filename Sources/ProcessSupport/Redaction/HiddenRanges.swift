/// The parts of a text that must not be shown.
struct HiddenRanges {
    private var ranges: [Range<Int>] = []

    var isEmpty: Bool { ranges.isEmpty }

    mutating func insert(_ range: Range<Int>) {
        if !range.isEmpty { ranges.append(range) }
    }

    /// The text with each hidden part, or run of parts that touch, replaced by the mask.
    func masked(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var shown = 0
        var hiddenUntil = -1
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > hiddenUntil {
                result += bytes[shown..<range.lowerBound]
                result += Redactor.mask.utf8
            }
            hiddenUntil = max(hiddenUntil, range.upperBound)
            shown = hiddenUntil
        }
        result += bytes[shown...]
        return result
    }
}
