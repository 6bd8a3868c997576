import Testing

@testable import Gateway

@Suite struct KeySetScheduleTests {
    @Test("fetches at the start and every 15 minutes") func regular() {
        var schedule = KeySetSchedule(now: 1_000)
        #expect(schedule.beginRegularFetch(now: 1_000) == true)
        #expect(schedule.beginRegularFetch(now: 1_000) == false)
        schedule.finished(succeeded: true, maxAge: nil, now: 1_001)
        #expect(schedule.beginRegularFetch(now: 1_900) == false)
        #expect(schedule.beginRegularFetch(now: 1_901) == true)
    }

    @Test(
        "max-age counts from 1 to 60 minutes",
        arguments: [(0, 60), (1, 60), (300, 300), (3_600, 3_600), (86_400, 3_600)] as [(Double, Double)]
    )
    func maxAge(said: Double, used: Double) {
        var schedule = KeySetSchedule(now: 0)
        schedule.finished(succeeded: true, maxAge: said, now: 0)
        #expect(schedule.nextFetch == used)
    }

    @Test("a failed fetch is tried again after a minute") func failure() {
        var schedule = KeySetSchedule(now: 0)
        schedule.finished(succeeded: false, maxAge: nil, now: 0)
        #expect(schedule.nextFetch == 60)
    }

    @Test("an operator's fetch begins at once, or follows the running one") func asked() {
        var schedule = KeySetSchedule(now: 0)
        schedule.finished(succeeded: true, maxAge: nil, now: 0)
        #expect(schedule.asked() == true)
        #expect(schedule.unknownKey(now: 1) == .join)
        #expect(schedule.asked() == false)
        schedule.finished(succeeded: false, maxAge: nil, now: 2)
        #expect(schedule.nextFetch == 2)
        #expect(schedule.beginRegularFetch(now: 2) == true)
        schedule.finished(succeeded: true, maxAge: nil, now: 3)
        #expect(schedule.nextFetch == 903)
    }

    @Test("an unknown key triggers one fetch in 30 s; those who come meanwhile join it") func unknownKey() {
        var schedule = KeySetSchedule(now: 0)
        schedule.finished(succeeded: true, maxAge: nil, now: 0)
        #expect(schedule.unknownKey(now: 10) == .begin)
        #expect(schedule.unknownKey(now: 10) == .join)
        #expect(schedule.beginRegularFetch(now: 2_000) == false)
        schedule.finished(succeeded: true, maxAge: nil, now: 11)
        #expect(schedule.unknownKey(now: 12) == .stands)
        #expect(schedule.unknownKey(now: 39.9) == .stands)
        #expect(schedule.unknownKey(now: 40) == .begin)
    }

    @Test(
        "reads max-age",
        arguments: [
            (["max-age=60"], 60), (["public, Max-Age=120"], 120), (["no-store"], nil), (["max-age=x"], nil), (["max-age=-1"], nil),
            ([], nil),
            (["s-maxage=9, max-age=5"], 5),
        ] as [([String], Double?)]
    )
    func cacheControl(values: [String], expected: Double?) { #expect(KeySetFetcher.maxAge(values) == expected) }
}
