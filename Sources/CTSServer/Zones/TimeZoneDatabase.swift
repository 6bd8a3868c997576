import FoundationEssentials
import ProcessSupport

/// The time zones that the machine knows by their IANA names.
///
/// The names and rules change several times a year, so they come from the system's compiled files. A machine or container without them
/// still has the default zone and UTC.
struct TimeZoneDatabase: Sendable {
    private let directories: [String]
    private let readFile: FileReader
    private let list: @Sendable (_ directory: String) -> [String]?

    /// A database in the first of these directories that exists.
    init(directories: [String], readFile: @escaping FileReader, list: @escaping @Sendable (_ directory: String) -> [String]?) {
        self.directories = directories
        self.readFile = readFile
        self.list = list
    }

    /// The machine's database, where Linux distributions and macOS keep it.
    static let system = TimeZoneDatabase(
        directories: ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"],
        readFile: { (path) throws(FileReadError) in try ProcessSupport.readFile(path) },
        list: { try? FileManager.default.contentsOfDirectory(atPath: $0) }
    )

    /// The zone of exactly this name.
    func rules(named name: String) throws(ZoneProblem) -> TimeZoneRules {
        guard let components = Self.components(of: name) else { throw .unknown }
        guard let root = directories.first(where: { list($0) != nil }) else {
            guard let rules = Self.builtIn[name] else { throw .noDatabase }
            return rules
        }
        guard let path = path(of: components, in: root) else {
            guard let rules = Self.builtIn[name] else { throw .unknown }
            return rules
        }
        do { return try TZif.parse(try readFile(path)) } catch { throw .damaged }
    }

    /// The file, if every component is listed as it is spelled, which a file system that ignores case would not check.
    private func path(of components: [String], in root: String) -> String? {
        var path = root
        for component in components {
            guard let entries = list(path), entries.contains(where: { $0.isIdentical(to: component) }) else { return nil }
            path += "/" + component
        }
        // What lists its entries is an area, such as `America`, and no zone.
        return list(path) == nil ? path : nil
    }

    /// The components of a name; nil for what cannot be one, such as a path out of the database or an offset.
    private static func components(of name: String) -> [String]? {
        let components = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let first = components.first, !notZones.contains(String(decoding: first, as: UTF8.self)) else { return nil }
        let areNames = components.allSatisfy { component in
            guard let first = component.first, first.isASCIIUppercase || first.isASCIILowercase else { return false }
            return component.allSatisfy { $0.isASCIILetterOrDigit || "_+-".utf8.contains($0) }
        }
        return areNames ? components.map { String(decoding: $0, as: UTF8.self) } : nil
    }

    /// What systems keep beside the zones.
    private static let notZones: Set<String> = ["posix", "right", "posixrules", "localtime", "Factory"]

    /// The zones that are there without a database, by their rules since 1992.
    private static let builtIn: [String: TimeZoneRules] = {
        let utc = TimeZoneRules(initialOffset: 0, transitions: [], rule: nil)
        return [
            "Asia/Shanghai": TimeZoneRules(initialOffset: 8 * 3_600, transitions: [], rule: nil), "UTC": utc, "Etc/UTC": utc,
        ]
    }()
}
