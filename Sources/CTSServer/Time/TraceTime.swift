import HuaweiCloud

/// Times as results show them.
enum TraceTime {
    /// `YYYY-MM-DD HH:MM:SS ±HHMM` in the zone, the seconds cut off; nil outside the years 1…9999.
    static func text(milliseconds: Int, in zone: TimeZoneRules) -> String? {
        let seconds = milliseconds.dividedRoundingDown(by: 1_000)
        guard CivilTime(secondsSince1970: seconds) != nil else { return nil }
        let offset = zone.offset(at: seconds)
        guard let local = CivilTime(secondsSince1970: seconds + offset) else { return nil }
        let date = "\(pad(local.year, 4))-\(pad(local.month, 2))-\(pad(local.day, 2))"
        let time = "\(pad(local.hour, 2)):\(pad(local.minute, 2)):\(pad(local.second, 2))"
        let minutes = abs(offset) / 60
        return "\(date) \(time) \(offset < 0 ? "-" : "+")\(pad(minutes / 60, 2))\(pad(minutes % 60, 2))"
    }

    private static func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Int {
    fileprivate func dividedRoundingDown(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
