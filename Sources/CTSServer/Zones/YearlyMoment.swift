import HuaweiCloud

/// A moment of every year, in the local time of the rule that it belongs to.
struct YearlyMoment: Sendable, Hashable {
    /// A day of every year.
    enum Day: Sendable, Hashable {
        /// `Jn`: the nth day, 1…365, of a year without a leap day.
        case ofCommonYear(Int)
        /// `n`: the nth day, 0…365, leap days counted.
        case ofYear(Int)
        /// `Mm.w.d`: the wth weekday d of month m, 0 = Sunday; week 5 = the last.
        case weekday(Int, week: Int, month: Int)
    }

    /// The day.
    var day: Day
    /// Seconds after the day's midnight; may be negative and beyond the day's end.
    var time: Int

    /// Local seconds since 1970; nil outside the years 1…9999.
    func seconds(in year: Int) -> Int? {
        guard let newYear = Self.midnight(year, 1, 1) else { return nil }
        switch day {
        case .ofCommonYear(let number):
            let isBehindLeapDay = number >= 60 && Self.midnight(year, 2, 29) != nil
            return newYear + (number - 1 + (isBehindLeapDay ? 1 : 0)) * 86_400 + time
        case .ofYear(let number):
            return newYear + number * 86_400 + time
        case .weekday(let weekday, let week, let month):
            guard let first = CivilTime(year: year, month: month, day: 1, hour: 0, minute: 0, second: 0) else { return nil }
            var day = 1 + (weekday - first.weekday + 7) % 7 + (week - 1) * 7
            while Self.midnight(year, month, day) == nil, day > 7 { day -= 7 }
            return first.secondsSince1970 + (day - 1) * 86_400 + time
        }
    }

    private static func midnight(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        CivilTime(year: year, month: month, day: day, hour: 0, minute: 0, second: 0)?.secondsSince1970
    }
}
