/// What the gateway has to know of the revisions of MCP.
enum ProtocolRevision {
    private static let firstWithoutSessions = Array("2026-07-28".utf8)

    /// Whether the value of `MCP-Protocol-Version` names a revision that has no sessions: 2026-07-28 or later (gateway.md §9.3).
    static func hasNoSessions(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        guard value.count == firstWithoutSessions.count else { return false }
        var isLater = false
        for offset in 0..<value.count {
            let byte = bytes[value.lowerBound + offset]
            let isDash = offset == 4 || offset == 7
            guard isDash ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
            if isLater { continue }
            if byte < firstWithoutSessions[offset] { return false }
            if byte > firstWithoutSessions[offset] { isLater = true }
        }
        return true
    }
}
