import HuaweiCloud

/// A calendar date with or without time of day and offset.
struct DateAndTime: Sendable, Hashable {
    /// The local date and time, in seconds since 1970.
    let local: Int
    /// What is beyond the second, in milliseconds.
    let fraction: Int
    /// The offset, in seconds east of Greenwich, if it was written.
    let offset: Int?

    /// What a trimmed text says; nil when it is of another form or no real date and time.
    init?(_ text: [UInt8]) {
        var scanner = TimeScanner(text)
        guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2), scanner.take("-"),
            let day = scanner.number(digits: 2)
        else { return nil }
        var time = TimeOfDay.midnight
        if !scanner.isAtEnd {
            guard scanner.take("T") || scanner.take(" "), let parsed = TimeOfDay(&scanner) else { return nil }
            time = parsed
        }
        var offset: Int?
        if !scanner.isAtEnd {
            offset = Self.offset(&scanner)
            guard offset != nil, scanner.isAtEnd else { return nil }
        }
        guard
            let civil = CivilTime(year: year, month: month, day: day, hour: time.hour, minute: time.minute, second: time.second)
        else { return nil }
        local = civil.secondsSince1970
        fraction = time.millisecond
        self.offset = offset
    }

    /// Milliseconds since 1970; the zone counts only when no offset was written.
    func milliseconds(in zone: TimeZoneRules) -> Int {
        let seconds = offset.map { local - $0 } ?? zone.instant(ofLocal: local)
        return seconds * 1_000 + fraction
    }

    /// `Z`, `±HH`, `±HHMM` or `±HH:MM`, after at most one space; nil when something else follows.
    private static func offset(_ scanner: inout TimeScanner) -> Int? {
        _ = scanner.take(" ")
        if scanner.take("Z") { return 0 }
        let isWest = scanner.take("-")
        guard isWest || scanner.take("+"), let hours = scanner.number(digits: 2), hours < 24 else { return nil }
        var seconds = hours * 3_600
        if !scanner.isAtEnd {
            _ = scanner.take(":")
            guard let minutes = scanner.number(digits: 2), minutes < 60 else { return nil }
            seconds += minutes * 60
        }
        return isWest ? -seconds : seconds
    }
}
