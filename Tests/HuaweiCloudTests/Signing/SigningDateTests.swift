import Foundation
import HuaweiCloud
import Testing

@Suite struct SigningDateTests {
    @Test(arguments: [
        (0, "19700101T000000Z"), (1_768_464_930, "20260115T081530Z"), (1_835_395_200, "20280229T000000Z"),
        (951_782_400, "20000229T000000Z"), (4_102_444_799, "20991231T235959Z"), (-1, "19691231T235959Z"),
    ])
    func writesAndReads(seconds: Int, text: String) {
        let date = Date(timeIntervalSince1970: Double(seconds))
        #expect(SigningDate.text(date) == text)
        #expect(SigningDate.date(text) == date)
    }

    @Test func cutsTheFraction() { #expect(SigningDate.text(Date(timeIntervalSince1970: 0.999)) == "19700101T000000Z") }

    @Test(arguments: [
        "20260230T000000Z", "20260101T240000Z", "20260101T006000Z", "20260101T000000z", "20260101 000000Z", "٢0260101T000000Z",
    ])
    func refusesOtherTexts(_ text: String) { #expect(SigningDate.date(text) == nil) }

    @Test func agreesWithTheCalendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let date = Date(timeIntervalSince1970: Double(Int.random(in: -30_000_000_000...250_000_000_000, using: &generator)))
            // Before 1582 the system's calendar is the Julian one.
            guard date > Date(timeIntervalSince1970: -12_219_206_400) else { continue }
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            let time = CivilTime(date)
            #expect([time.year, time.month, time.day] == [parts.year, parts.month, parts.day])
            #expect([time.hour, time.minute, time.second] == [parts.hour, parts.minute, parts.second])
            #expect(time.weekday + 1 == parts.weekday)
            #expect(time.date == date)
        }
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, 1e30, -1e30])
    func datesBeyondAllYearsAreHarmless(_ seconds: Double) {
        #expect(SigningDate.text(Date(timeIntervalSince1970: seconds)).utf8.count == 16)
    }
}
