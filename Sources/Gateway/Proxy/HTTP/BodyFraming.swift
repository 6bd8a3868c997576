/// How long the body of a message is (RFC 9112 §6.3).
enum BodyFraming: Sendable, Hashable {
    /// There is none.
    case none
    /// Exactly this many bytes. A length that no `Int` can hold is `Int.max`, which every limit refuses.
    case length(Int)
    /// Chunks.
    case chunked
    /// Everything up to the end of the connection; responses only.
    case untilEnd
}
