package import FoundationEssentials

/// Dates of HTTP headers (RFC 9110 §5.6.7).
package enum HTTPDate {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The date in the form that HTTP prefers, for example `Sun, 06 Nov 1994 08:49:37 GMT`.
    package static func text(_ date: Date) -> String {
        let time = CivilTime(date)
        let clock = "\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second))"
        let year = String(repeating: "0", count: max(0, 4 - String(time.year).utf8.count)) + String(time.year)
        return "\(weekdays[time.weekday]), \(padded(time.day)) \(months[time.month - 1]) \(year) \(clock) GMT"
    }

    /// The date of a text in any of the three forms that a receiver must understand; nil for every other text.
    ///
    /// The name of the weekday is not compared with the date. Two-digit years are those from 1970 to 2069.
    package static func date(_ text: String) -> Date? {
        guard text.utf8.count <= 64 else { return nil }
        let words = Self.words(of: text, separators: " ,")
        switch words.count {
        case 6 where words[5] == "GMT": return date(day: words[1], month: words[2], year: words[3], clock: words[4])
        case 4 where words[3] == "GMT":
            let parts = Self.words(of: words[1], separators: "-")
            guard parts.count == 3 else { return nil }
            return date(day: parts[0], month: parts[1], year: parts[2], clock: words[2])
        case 5: return date(day: words[2], month: words[1], year: words[4], clock: words[3])
        default: return nil
        }
    }

    private static func date(day: String, month: String, year: String, clock: String) -> Date? {
        guard let month = months.firstIndex(of: month), let day = number(day, digits: 1...2) else { return nil }
        let parts = clock.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { String(Substring($0)) }
        guard parts.count == 3, let hour = number(parts[0], digits: 2...2), let minute = number(parts[1], digits: 2...2),
            let second = number(parts[2], digits: 2...2)
        else { return nil }
        let fullYear: Int
        if let given = number(year, digits: 4...4) {
            fullYear = given
        } else if let given = number(year, digits: 2...2) {
            fullYear = given < 70 ? 2000 + given : 1900 + given
        } else {
            return nil
        }
        return CivilTime(year: fullYear, month: month + 1, day: day, hour: hour, minute: minute, second: second)?.date
    }

    private static func words(of text: String, separators: String) -> [String] {
        text.utf8.split { separators.utf8.contains($0) }.map { String(Substring($0)) }
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ ASCII.isDigit($0) }) else { return nil }
        return Int(text)
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
