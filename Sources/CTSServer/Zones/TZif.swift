/// Reads a compiled time zone file (RFC 9636).
///
/// Every count and index of the file is checked; leap seconds are refused, since CTS does not count them.
struct TZif {
    /// Why a file was refused.
    struct Malformed: Error, Hashable {}

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The rules that a file says.
    static func parse(_ bytes: [UInt8]) throws(Malformed) -> TimeZoneRules {
        var file = TZif(bytes)
        let header = try file.header()
        guard header.version >= UInt8(ascii: "2") else { return try file.rules(header, wide: false) }
        // The first block is for readers that know only 32 bits.
        try file.skip(header.size(wide: false))
        return try file.rules(try file.header(), wide: true)
    }

    private struct Header {
        var version: UInt8
        var isUTCount: Int
        var isStandardCount: Int
        var leapCount: Int
        var timeCount: Int
        var typeCount: Int
        var characterCount: Int

        func size(wide: Bool) -> Int {
            let time = wide ? 8 : 4
            return timeCount * (time + 1) + typeCount * 6 + characterCount + leapCount * (time + 4) + isStandardCount + isUTCount
        }
    }

    private mutating func header() throws(Malformed) -> Header {
        guard Array(try take(4)) == Array("TZif".utf8), let version = try take(1).first else { throw Malformed() }
        try skip(15)
        let header = Header(
            version: version,
            isUTCount: try integer(4),
            isStandardCount: try integer(4),
            leapCount: try integer(4),
            timeCount: try integer(4),
            typeCount: try integer(4),
            characterCount: try integer(4)
        )
        let counts = [
            header.isUTCount, header.isStandardCount, header.leapCount, header.timeCount, header.typeCount, header.characterCount,
        ]
        guard counts.allSatisfy({ 0...1 << 20 ~= $0 }) else { throw Malformed() }
        return header
    }

    private mutating func rules(_ header: Header, wide: Bool) throws(Malformed) -> TimeZoneRules {
        guard header.leapCount == 0, header.typeCount > 0 else { throw Malformed() }
        let end = position + header.size(wide: wide)
        var instants: [Int] = []
        for _ in 0..<header.timeCount { instants.append(try integer(wide ? 8 : 4)) }
        let types = try take(header.timeCount).map(Int.init)
        var offsets: [Int] = []
        for _ in 0..<header.typeCount {
            offsets.append(try integer(4))
            try skip(2)
        }
        guard types.allSatisfy({ $0 < offsets.count }), offsets.allSatisfy({ -93_600...93_600 ~= $0 }) else { throw Malformed() }
        guard zip(instants, instants.dropFirst()).allSatisfy({ $0 < $1 }) else { throw Malformed() }
        var before = offsets[0]
        let transitions = zip(instants, types).map { instant, type in
            defer { before = offsets[type] }
            return ZoneTransition(instant: instant, before: before, after: offsets[type])
        }
        try skip(end - position)
        return TimeZoneRules(initialOffset: offsets[0], transitions: transitions, rule: wide ? try footer() : nil)
    }

    /// The rule after the last transition; an empty footer says nothing.
    private mutating func footer() throws(Malformed) -> ZoneRule? {
        let lineFeed = UInt8(ascii: "\n")
        guard try take(1).first == lineFeed, let end = bytes[position...].firstIndex(of: lineFeed) else { throw Malformed() }
        if end == position { return nil }
        guard let rule = ZoneRuleParser.parse(bytes[position..<end]) else { throw Malformed() }
        return rule
    }

    private mutating func skip(_ count: Int) throws(Malformed) { _ = try take(count) }

    private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw Malformed() }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A signed big-endian integer of 4 or 8 bytes.
    private mutating func integer(_ size: Int) throws(Malformed) -> Int {
        let bytes = try take(size)
        let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return size == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
    }
}
