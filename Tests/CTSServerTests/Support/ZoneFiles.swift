import ProcessSupport

@testable import CTSServer

/// A compiled time zone file (RFC 9636), for tests to build and to break.
struct TZifFile {
    var version = UInt8(ascii: "2")
    var offset = 0
    /// Instants and the offsets that begin then.
    var transitions: [(instant: Int, offset: Int)] = []
    var footer = ""
    var leapSeconds = 0
    var indexBeyondTypes = false

    var bytes: [UInt8] {
        version == 0 ? block(wide: false) : block(wide: false, isEmpty: true) + block(wide: true) + Array("\n\(footer)\n".utf8)
    }

    private func block(wide: Bool, isEmpty: Bool = false) -> [UInt8] {
        let transitions = isEmpty ? [] : transitions
        let offsets = isEmpty ? [0] : [offset] + transitions.map(\.offset)
        let leapSeconds = isEmpty ? 0 : leapSeconds
        var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
        for count in [0, 0, leapSeconds, transitions.count, offsets.count, 4] { bytes += Self.bigEndian(count, 4) }
        for transition in transitions { bytes += Self.bigEndian(transition.instant, wide ? 8 : 4) }
        bytes += transitions.indices.map { UInt8($0 + 1 + (indexBeyondTypes ? 100 : 0)) }
        for offset in offsets { bytes += Self.bigEndian(offset, 4) + [0, 0] }
        return bytes + Array("LMT\0".utf8) + [UInt8](repeating: 0, count: leapSeconds * (wide ? 12 : 8))
    }

    private static func bigEndian(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}

/// A time zone database of files that a test names.
struct ZoneFiles: Sendable {
    private let files: [String: [UInt8]]

    init(_ zones: [String: TZifFile]) { files = zones.mapValues(\.bytes) }

    init(raw files: [String: [UInt8]]) { self.files = files }

    /// The database, in `/zones`.
    var database: TimeZoneDatabase { database(directories: ["/nowhere", "/zones"]) }

    func database(directories: [String], ignoringCase: Bool = false) -> TimeZoneDatabase {
        let files = Dictionary(uniqueKeysWithValues: files.map { ("/zones/" + $0, $1) })
        return TimeZoneDatabase(
            directories: directories,
            readFile: { (path) throws(FileReadError) in
                let found = files.first { ignoringCase ? $0.key.lowercased() == path.lowercased() : $0.key == path }
                guard let bytes = found?.value else { throw FileReadError(path: path, problem: .notFound) }
                return bytes
            },
            list: { directory in
                let inside = files.keys.filter { $0.hasPrefix(directory + "/") }.map {
                    $0.dropFirst(directory.count + 1).prefix { $0 != "/" }
                }
                return inside.isEmpty ? nil : Set(inside).map(String.init)
            }
        )
    }
}
