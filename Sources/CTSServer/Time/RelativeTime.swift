import ProcessSupport

/// `now`, or so long ago: `-90m`.
struct RelativeTime: Sendable, Hashable {
    /// How long ago, in milliseconds; at most `Int.max`.
    let age: Int

    /// The time that a trimmed text says; nil when it is of another form.
    init?(_ text: [UInt8]) {
        if text.map(\.asciiLowercased) == Array("now".utf8) {
            age = 0
            return
        }
        guard text.first == UInt8(ascii: "-") else { return nil }
        var scanner = TimeScanner(text)
        scanner.skip(1)
        scanner.skipWhiteSpace()
        let digits = scanner.digits()
        scanner.skipWhiteSpace()
        guard !digits.isEmpty, let unit = scanner.next().flatMap(Self.unit), scanner.isAtEnd else { return nil }
        age =
            UnixTime.value(digits).flatMap { value in
                let (product, overflow) = value.multipliedReportingOverflow(by: unit)
                return overflow ? nil : product
            } ?? Int.max
    }

    /// The instant so long before another, both in milliseconds since 1970; not before 1970.
    func before(_ instant: Int) -> Int { age >= instant ? max(0, min(instant, 0)) : instant - age }

    /// The milliseconds of a unit; `M` is minutes.
    private static func unit(_ letter: UInt8) -> Int? {
        switch letter.asciiLowercased {
        case UInt8(ascii: "s"): 1_000
        case UInt8(ascii: "m"): 60_000
        case UInt8(ascii: "h"): 3_600_000
        case UInt8(ascii: "d"): 86_400_000
        case UInt8(ascii: "w"): 604_800_000
        default: nil
        }
    }
}
