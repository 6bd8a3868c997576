/// Why a time zone cannot be used; the description completes a sentence that begins with what named it.
enum ZoneProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The database has no zone of exactly this name.
    case unknown
    /// There is no database, and the zone is not built in.
    case noDatabase
    /// The database has the zone, but not in a form that can be read.
    case damaged

    var description: String {
        switch self {
        case .unknown: "must be an IANA time zone in its exact spelling, such as Asia/Shanghai or Europe/Berlin"
        case .noDatabase:
            "cannot be looked up: this machine has no time zone database; install it (package tzdata), or use Asia/Shanghai or UTC"
        case .damaged: "cannot be used: the machine's time zone database is damaged there"
        }
    }
}
