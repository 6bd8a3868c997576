import FoundationEssentials

/// How far the local clock is from the cloud's, as far as an answer shows (huaweicloud-http.md §6.3).
enum ClockDifference {
    /// A sentence that states the difference when it is more than 5 minutes; nil when it is less or the answer has no readable `Date`.
    static func sentence(headers: HeaderList, now: Date) -> String? {
        guard let text = headers["Date"], let remote = HTTPDate.date(text) else { return nil }
        let seconds = Int(now.timeIntervalSince(remote).rounded())
        guard abs(seconds) > 300 else { return nil }
        return "The local clock is \(amount(abs(seconds))) \(seconds > 0 ? "ahead of" : "behind") the cloud's; set it right."
    }

    private static func amount(_ seconds: Int) -> String {
        let minutes = seconds / 60
        if minutes < 120 { return "\(minutes) minutes" }
        let hours = minutes / 60
        return hours < 48 ? "\(hours) hours" : "\(hours / 24) days"
    }
}
