/// The offsets of a time zone from UTC over time.
///
/// Pure: no calendar, no locale, no system call.
struct TimeZoneRules: Sendable, Hashable {
    /// The offset before the first transition, in seconds east of Greenwich.
    let initialOffset: Int
    /// The changes of the past, in order.
    let transitions: [ZoneTransition]
    /// What applies after the last of them; nil = its offset, for ever.
    let rule: ZoneRule?

    /// The offset in force at an instant, in seconds since 1970.
    func offset(at instant: Int) -> Int {
        if let rule, isAfterLast({ $0.instant <= instant }) {
            return Self.offset(rule.transitions(around: instant), rule.standardOffset) { $0.instant <= instant }
        }
        return past { $0.instant <= instant }
    }

    /// The instant of a local time, both in seconds since 1970.
    ///
    /// In a gap or an overlap the offset in force before the change applies (cts.md §3).
    func instant(ofLocal local: Int) -> Int {
        if let rule, isAfterLast({ $0.settledLocal <= local }) {
            return local - Self.offset(rule.transitions(around: local), rule.standardOffset) { $0.settledLocal <= local }
        }
        return local - past { $0.settledLocal <= local }
    }

    private func isAfterLast(_ hasHappened: (ZoneTransition) -> Bool) -> Bool { transitions.last.map(hasHappened) ?? true }

    /// The offset after the last transition that has happened, by bisection.
    private func past(_ hasHappened: (ZoneTransition) -> Bool) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if hasHappened(transitions[middle]) { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initialOffset : transitions[low - 1].after
    }

    private static func offset(_ transitions: [ZoneTransition], _ fixed: Int, _ hasHappened: (ZoneTransition) -> Bool) -> Int {
        transitions.last(where: hasHappened)?.after ?? transitions.first?.before ?? fixed
    }
}
