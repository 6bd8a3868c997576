/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f…`.
struct TimeOfDay: Sendable, Hashable {
    /// 0…23.
    var hour: Int
    /// 0…59.
    var minute: Int
    /// 0…59.
    var second: Int
    /// 0…999; further digits are cut off.
    var millisecond: Int

    static let midnight = TimeOfDay(hour: 0, minute: 0, second: 0, millisecond: 0)

    private init(hour: Int, minute: Int, second: Int, millisecond: Int) {
        (self.hour, self.minute, self.second, self.millisecond) = (hour, minute, second, millisecond)
    }

    /// The time that stands next; nil when none does.
    init?(_ scanner: inout TimeScanner) {
        guard let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"), let minute = scanner.number(digits: 2), minute < 60 else {
            return nil
        }
        self.init(hour: hour, minute: minute, second: 0, millisecond: 0)
        guard scanner.take(":") else { return }
        guard let second = scanner.number(digits: 2), second < 60 else { return nil }
        self.second = second
        guard scanner.take(".") else { return }
        let digits = scanner.digits()
        guard !digits.isEmpty else { return nil }
        for place in 0..<3 { millisecond = millisecond * 10 + (digits.dropFirst(place).first.map { Int($0 - 0x30) } ?? 0) }
    }
}
