package import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Gives the distance of local time from UTC, in seconds, at a moment in seconds since 1970.
package typealias TimeZoneOffset = @Sendable (_ secondsSince1970: Int64) -> Int

/// Writes moments as ISO 8601 with milliseconds and offset, for example `2026-03-01T12:00:00.250+00:00`.
package struct LogTimestamp: Sendable {
    private let offset: TimeZoneOffset

    /// Moments in the time zone with this offset.
    package init(offset: @escaping TimeZoneOffset) { self.offset = offset }

    /// Moments in UTC.
    package static let utc = LogTimestamp { _ in 0 }

    /// Moments in the time zone of the process: variable `TZ`, else the machine's.
    package static let local = LogTimestamp { seconds in
        var moment = time_t(seconds)
        var fields = unsafe tm()
        guard unsafe localtime_r(&moment, &fields) != nil else { return 0 }
        return unsafe Int(fields.tm_gmtoff)
    }

    /// Local time when `TZ` is set and not empty, else UTC (gateway.md §4).
    package static func following(_ environment: Environment) -> LogTimestamp {
        environment["TZ"]?.isEmpty ?? true ? utc : local
    }

    /// The moment as text.
    package func text(_ date: Date) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(date, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func append(_ date: Date, to bytes: inout [UInt8]) {
        // Years 0 to 9999; a clock beyond them is wrong anyway, and four digits keep the records sortable.
        let seconds = min(max(date.timeIntervalSince1970, -62_167_132_800), 253_402_214_400)
        // By way of microseconds: a date is a binary fraction, and x.678 s may be stored as a little less.
        let milliseconds = Int64((seconds * 1_000_000).rounded()).floorDivided(by: 1000)
        let wholeSeconds = milliseconds.floorDivided(by: 1000)
        let offset = offset(wholeSeconds) / 60 * 60
        let local = wholeSeconds + Int64(offset)
        let day = local.floorDivided(by: 86400)
        let second = Int(local - day * 86400)
        let (year, month, dayOfMonth) = Self.civil(day)
        bytes.appendDecimal(year, width: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDecimal(month, width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDecimal(dayOfMonth, width: 2)
        bytes.append(UInt8(ascii: "T"))
        bytes.appendDecimal(second / 3600, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(second / 60 % 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(second % 60, width: 2)
        bytes.append(UInt8(ascii: "."))
        bytes.appendDecimal(Int(milliseconds - wholeSeconds * 1000), width: 3)
        bytes.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        bytes.appendDecimal(abs(offset) / 3600, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(abs(offset) / 60 % 60, width: 2)
    }

    /// Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar.
    private static func civil(_ day: Int64) -> (year: Int, month: Int, day: Int) {
        // Counted from 0000-03-01, so that the leap day is the last day of a year.
        let shifted = day + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = Int(shifted - era * 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity.
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension [UInt8] {
    /// A number that is not negative, with leading zeros up to the width.
    fileprivate mutating func appendDecimal(_ value: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
