import CloudServer

/// `CTS_DEFAULT_TIMEZONE`: the zone of times without an offset, and of all times that are returned (servers.md §7.1).
enum DefaultTimeZone {
    /// The variable's name.
    static let name = "CTS_DEFAULT_TIMEZONE"

    /// The variable; a zone that cannot be used is refused at startup.
    static let variable = variable(in: .system)

    /// The variable, checked by this database.
    static func variable(in database: TimeZoneDatabase) -> ServerVariable {
        ServerVariable(
            name,
            default: "Asia/Shanghai",
            help: "IANA time zone of times without an offset and of results",
            problem: { zone in
                do throws(ZoneProblem) { _ = try database.rules(named: zone) } catch { return error.description }
                return nil
            }
        )
    }

    /// The rules of the zone that is configured.
    ///
    /// The start-up check has read them already; that they cannot be read now is a failure of every call.
    static func rules(_ variables: ServerVariables, in database: TimeZoneDatabase = .system) -> Result<TimeZoneRules, ZoneProblem> {
        Result { () throws(ZoneProblem) in try database.rules(named: variables[name] ?? "UTC") }
    }
}
