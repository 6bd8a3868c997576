/// A published revision of the Model Context Protocol, named by its date.
public struct ProtocolRevision: RawRepresentable, Sendable, Hashable {
    /// The date, `YYYY-MM-DD`.
    public let rawValue: String

    /// A revision by its date; any text is accepted, see ``legacy`` for those that exist.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// HTTP+SSE and stdio, the first published revision.
    public static let v2024_11_05 = ProtocolRevision(rawValue: "2024-11-05")
    /// Adds Streamable HTTP, batches and tool annotations.
    public static let v2025_03_26 = ProtocolRevision(rawValue: "2025-03-26")
    /// Adds structured results and elicitation, removes batches.
    public static let v2025_06_18 = ProtocolRevision(rawValue: "2025-06-18")
    /// Adds icons, URL elicitation and polled streams.
    public static let v2025_11_25 = ProtocolRevision(rawValue: "2025-11-25")
    /// Stateless: metadata with every request instead of a handshake.
    public static let v2026_07_28 = ProtocolRevision(rawValue: "2026-07-28")

    /// The revisions with a handshake and sessions, oldest first.
    public static let legacy: [ProtocolRevision] = [.v2024_11_05, .v2025_03_26, .v2025_06_18, .v2025_11_25]

    /// The newest revision with a handshake: the answer to a client that asks for one that does not exist.
    public static let latestLegacy = ProtocolRevision.v2025_11_25

    /// Whether this is a published revision with a handshake.
    public var isLegacy: Bool { Self.legacy.contains(self) }

    /// The revision to answer `initialize` with: the one asked for if it has a handshake, else the newest that has.
    public static func negotiated(requested: String) -> ProtocolRevision {
        let requested = ProtocolRevision(rawValue: requested)
        return requested.isLegacy ? requested : latestLegacy
    }
}

extension ProtocolRevision: Comparable {
    /// Older is smaller.
    ///
    /// Dates in this form sort as text.
    public static func < (lhs: ProtocolRevision, rhs: ProtocolRevision) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension ProtocolRevision: CustomStringConvertible {
    /// The date.
    public var description: String { rawValue }
}
