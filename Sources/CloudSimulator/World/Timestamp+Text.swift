import HuaweiCloud

/// The spellings of a moment that the vendor's APIs use.
extension Timestamp {
    /// `2026-01-15T08:15:30Z`, as in a server's `created`.
    var iso8601: String {
        let time = CivilTime(date)
        return "\(Self.day(time))T\(Self.clock(time))Z"
    }

    /// `2026-01-15T08:15:30.123Z`, as in a job's `begin_time`.
    var iso8601Milliseconds: String {
        let time = CivilTime(date)
        let (_, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        return "\(Self.day(time))T\(Self.clock(time)).\(Self.pad(Int(rest < 0 ? rest + 1_000 : rest), 3))Z"
    }

    /// `2026-01-15 08:15:30`, as in the stages of a run.
    var spacedText: String {
        let time = CivilTime(date)
        return "\(Self.day(time)) \(Self.clock(time))"
    }

    /// `Thu, 15 Jan 2026 08:15:30 GMT`, as in `Date` (RFC 9110 §5.6.7).
    var httpDate: String {
        let time = CivilTime(date)
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][time.weekday]
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][time.month - 1]
        return "\(weekday), \(Self.pad(time.day, 2)) \(month) \(Self.pad(time.year, 4)) \(Self.clock(time)) GMT"
    }

    /// Reads `YYYY-MM-DDTHH:MM:SSZ` and nothing else.
    init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        let template = Array("0000-00-00T00:00:00Z".utf8)
        guard bytes.count == template.count else { return nil }
        var numbers: [Int] = [0]
        for (byte, expected) in zip(bytes, template) {
            if expected == UInt8(ascii: "0") {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
            } else {
                guard byte == expected else { return nil }
                numbers.append(0)
            }
        }
        let time = CivilTime(
            year: numbers[0],
            month: numbers[1],
            day: numbers[2],
            hour: numbers[3],
            minute: numbers[4],
            second: numbers[5]
        )
        guard let time else { return nil }
        self.init(time.date)
    }

    private static func day(_ time: CivilTime) -> String { "\(pad(time.year, 4))-\(pad(time.month, 2))-\(pad(time.day, 2))" }

    private static func clock(_ time: CivilTime) -> String { "\(pad(time.hour, 2)):\(pad(time.minute, 2)):\(pad(time.second, 2))" }

    private static func pad(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
