import ProcessSupport

/// Seconds or milliseconds since 1970, as digits.
enum UnixTime {
    /// The milliseconds that a trimmed text says; nil when it is not digits only.
    ///
    /// From 10¹² on they are milliseconds, from 10⁹ on seconds.
    static func milliseconds(_ text: [UInt8]) throws(TimeTextProblem) -> Int? {
        guard !text.isEmpty, text.allSatisfy(\.isASCIIDigit) else { return nil }
        guard let value = value(text[...]) else { throw .tooLate }
        if value >= 1_000_000_000_000 { return value }
        guard value >= 1_000_000_000 else { throw .tooFewDigits }
        return value * 1_000
    }

    /// The number that the digits say; nil when it does not fit.
    static func value(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digit - 0x30))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }
}
