/// A server's id as it was written.
///
/// Two ids are equal without regard to the case of their letters (ecs.md §1).
struct ServerID: Sendable {
    /// The id as the caller or the API wrote it; this spelling is what is sent and shown.
    let text: String

    init(_ text: String) { self.text = text }
}

extension ServerID: Hashable {
    static func == (lhs: ServerID, rhs: ServerID) -> Bool { lhs.folded.elementsEqual(rhs.folded) }

    func hash(into hasher: inout Hasher) {
        for byte in folded { hasher.combine(byte) }
    }

    /// The bytes with ASCII capitals lower-cased; nothing depends on a locale.
    private var folded: some Sequence<UInt8> {
        text.utf8.lazy.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
