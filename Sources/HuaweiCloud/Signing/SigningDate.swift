package import FoundationEssentials

/// The value of `X-Sdk-Date`: UTC, `YYYYMMDDTHHMMSSZ` (huaweicloud-http.md §1.1 step 6).
package enum SigningDate {
    /// The text of a date, its fraction of a second cut off.
    package static func text(_ date: Date) -> String {
        let time = CivilTime(date)
        var output: [UInt8] = []
        output.reserveCapacity(16)
        append(time.year, digits: 4, to: &output)
        append(time.month, digits: 2, to: &output)
        append(time.day, digits: 2, to: &output)
        output.append(UInt8(ascii: "T"))
        append(time.hour, digits: 2, to: &output)
        append(time.minute, digits: 2, to: &output)
        append(time.second, digits: 2, to: &output)
        output.append(UInt8(ascii: "Z"))
        return String(decoding: output, as: UTF8.self)
    }

    /// The date that the text names; nil when it does not have exactly this format or names no date.
    package static func date(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        var numbers: [Int] = []
        for range in [0..<4, 4..<6, 6..<8, 9..<11, 11..<13, 13..<15] {
            var number = 0
            for byte in bytes[range] {
                guard ASCII.isDigit(byte) else { return nil }
                number = number * 10 + Int(byte - 0x30)
            }
            numbers.append(number)
        }
        return CivilTime(
            year: numbers[0],
            month: numbers[1],
            day: numbers[2],
            hour: numbers[3],
            minute: numbers[4],
            second: numbers[5]
        )?.date
    }

    private static func append(_ number: Int, digits: Int, to output: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            output.append(0x30 + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
