import FoundationEssentials
import HuaweiCloud

extension CivilTime {
    /// The time of so many seconds since 1970, without any offset; nil outside the years 1…9999.
    init?(secondsSince1970 seconds: Int) {
        guard -62_135_596_800...253_402_300_799 ~= seconds else { return nil }
        self.init(Date(timeIntervalSince1970: Double(seconds)))
    }

    /// Seconds since 1970, without any offset.
    var secondsSince1970: Int { Int(date.timeIntervalSince1970) }
}
