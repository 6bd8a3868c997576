import Foundation
import HuaweiCloud
import Testing

/// RFC 9110 §5.6.7.
@Suite struct HTTPDateTests {
    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Mon, 06 Nov 1994 08:49:37 GMT",
    ])
    func readsAllThreeForms(_ text: String) { #expect(HTTPDate.date(text) == Date(timeIntervalSince1970: 784_111_777)) }

    @Test(arguments: [
        "", "5", "tomorrow", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 19940 08:49:37 GMT",
        "Sun, -6 Nov 1994 08:49:37 GMT", String(repeating: "a ", count: 100_000),
    ])
    func refusesOtherTexts(_ text: String) { #expect(HTTPDate.date(text) == nil) }

    @Test func writesThePreferredForm() {
        #expect(HTTPDate.text(Date(timeIntervalSince1970: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(Date(timeIntervalSince1970: 1_768_464_930)) == "Thu, 15 Jan 2026 08:15:30 GMT")
    }
}
