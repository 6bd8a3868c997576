import FoundationEssentials

extension Date {
    /// Milliseconds since 1970, cut off; dates beyond the year 9999 count as its end.
    var milliseconds: Int {
        let seconds = timeIntervalSince1970
        guard seconds.isFinite else { return 0 }
        return Int((min(max(seconds, -62_135_596_800), 253_402_300_799) * 1_000).rounded(.down))
    }
}
