/// The two forms of the protocol that one endpoint serves.
public enum ProtocolEra: Sendable, Hashable {
    /// A handshake and a session: 2024-11-05 to 2025-11-25.
    case legacy
    /// Metadata with every request: 2026-07-28.
    case modern
}
