import ProcessSupport

/// Reads the footer of a time zone file, such as `EST5EDT,M3.2.0,M11.1.0` (RFC 9636 §3.3.1).
struct ZoneRuleParser {
    private var rest: ArraySlice<UInt8>

    private init(_ text: some Sequence<UInt8>) { rest = Array(text)[...] }

    /// The rule; nil when the text is none.
    static func parse(_ text: some Sequence<UInt8>) -> ZoneRule? {
        var parser = ZoneRuleParser(text)
        guard let rule = parser.rule(), parser.rest.isEmpty else { return nil }
        return rule
    }

    private mutating func rule() -> ZoneRule? {
        guard name(), let west = time(hours: 0...24) else { return nil }
        if rest.isEmpty { return ZoneRule(standardOffset: -west) }
        guard name() else { return nil }
        var offset = 3_600 - west
        if rest.first != UInt8(ascii: ",") {
            guard let west = time(hours: 0...24) else { return nil }
            offset = -west
        }
        guard take(","), let start = moment(), take(","), let end = moment() else { return nil }
        return ZoneRule(standardOffset: -west, saving: ZoneRule.Saving(offset: offset, start: start, end: end))
    }

    /// An abbreviation: three letters and more, or anything in `<…>`.
    private mutating func name() -> Bool {
        if take("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")), end > rest.startIndex else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let letters = rest.prefix { $0.isASCIILetterOrDigit && !$0.isASCIIDigit }
        rest = rest[letters.endIndex...]
        return letters.count >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func time(hours: ClosedRange<Int>) -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard let hour = number(hours) else { return nil }
        var seconds = hour * 3_600
        for unit in [60, 1] {
            guard take(":") else { break }
            guard let value = number(0...59) else { return nil }
            seconds += value * unit
        }
        return sign * seconds
    }

    private mutating func moment() -> YearlyMoment? {
        guard let day = day() else { return nil }
        guard take("/") else { return YearlyMoment(day: day, time: 7_200) }
        guard let time = time(hours: 0...167) else { return nil }
        return YearlyMoment(day: day, time: time)
    }

    private mutating func day() -> YearlyMoment.Day? {
        if take("J") { return number(1...365).map { .ofCommonYear($0) } }
        guard take("M") else { return number(0...365).map { .ofYear($0) } }
        guard let month = number(1...12), take("."), let week = number(1...5), take("."), let weekday = number(0...6) else { return nil }
        return .weekday(weekday, week: week, month: month)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { $0.isASCIIDigit }
        guard 1...3 ~= digits.count else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard range ~= value else { return nil }
        rest = rest[digits.endIndex...]
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }
}
