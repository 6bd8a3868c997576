import HuaweiCloud

/// How a zone's offset changes every year, for ever: what the footer of a time zone file says (RFC 9636 §3.3).
struct ZoneRule: Sendable, Hashable {
    /// Daylight saving time.
    struct Saving: Sendable, Hashable {
        /// Its offset, in seconds east of Greenwich.
        var offset: Int
        /// When it begins, in standard time.
        var start: YearlyMoment
        /// When it ends, in daylight saving time.
        var end: YearlyMoment
    }

    /// The offset of standard time, in seconds east of Greenwich.
    var standardOffset: Int
    /// Daylight saving time, if the zone has it.
    var saving: Saving?

    /// The changes of the year of an instant or a local time, in seconds since 1970, and of the years beside it, in order.
    func transitions(around seconds: Int) -> [ZoneTransition] {
        guard let saving, let year = CivilTime(secondsSince1970: seconds)?.year else { return [] }
        var changes: [ZoneTransition] = []
        for year in year - 1...year + 1 {
            guard let start = saving.start.seconds(in: year), let end = saving.end.seconds(in: year) else { continue }
            changes.append(ZoneTransition(instant: start - standardOffset, before: standardOffset, after: saving.offset))
            changes.append(ZoneTransition(instant: end - saving.offset, before: saving.offset, after: standardOffset))
        }
        // Saving that lasts all year ends where it begins: the beginning is then the last word.
        return changes.sorted { ($0.instant, $0.after == saving.offset ? 1 : 0) < ($1.instant, $1.after == saving.offset ? 1 : 0) }
    }
}
