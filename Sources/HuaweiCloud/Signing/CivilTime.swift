package import FoundationEssentials

/// A date and time of day of the Gregorian calendar in UTC, to the second.
///
/// Pure arithmetic: no calendar, no locale.
package struct CivilTime: Sendable, Hashable {
    /// The year, 1 and later.
    package var year: Int
    /// The month, 1…12.
    package var month: Int
    /// The day of the month, 1…31.
    package var day: Int
    /// The hour, 0…23.
    package var hour: Int
    /// The minute, 0…59.
    package var minute: Int
    /// The second, 0…59.
    package var second: Int

    /// This time; nil when there is no such time.
    ///
    /// A leap second, 60, counts as 59.
    package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(in: month, of: year) else { return nil }
        guard 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = min(second, 59)
    }

    /// The time of a date, its fraction of a second cut off.
    ///
    /// Dates outside the years 1…9999 become the nearest time inside.
    package init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down).clamped(to: -62_135_596_800...253_402_300_799))
        let dayNumber = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        let timeOfDay = seconds - dayNumber * 86400
        // Howard Hinnant's civil_from_days: years begin in March, so that the leap day is the last of its year.
        let shifted = dayNumber + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = timeOfDay / 3600
        minute = timeOfDay / 60 % 60
        second = timeOfDay % 60
    }

    /// The date.
    package var date: Date { Date(timeIntervalSince1970: Double(daysSince1970 * 86400 + hour * 3600 + minute * 60 + second)) }

    /// The day of the week, 0 = Sunday.
    package var weekday: Int { (daysSince1970 % 7 + 11) % 7 }

    private var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double { isNaN ? 0 : min(max(self, range.lowerBound), range.upperBound) }
}
