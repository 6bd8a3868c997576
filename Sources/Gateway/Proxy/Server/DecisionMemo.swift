/// Decisions of the current second, for requests that are the same in everything that can influence them.
///
/// Clients send many requests with the same target, host and token; deciding anew about each of them costs more than the rest of the
/// forwarding. Only decisions to forward are kept. An entry counts for the same configuration, keys and second; expiry of the token and
/// revocation are the caller's to check, because they do not wait for a second.
struct DecisionMemo {
    private struct Entry {
        let key: [UInt8]
        let configuration: GatewayConfiguration
        let keyGeneration: Int
        let second: Int
        let decision: Decision
    }

    /// The number of places; a power of two.
    private static let places = 1_024
    /// Longer requests are decided about each time.
    private static let longestKey = 4_096

    private var entries: [Entry?] = []
    private var key: [UInt8] = []
    private var place = 0

    /// No decisions.
    init() {}

    /// The decision about the request whose key was set last.
    func decision(under configuration: GatewayConfiguration, now: Double) -> Decision? {
        guard !key.isEmpty, !entries.isEmpty, let entry = entries[place], entry.second == Int(now), entry.configuration === configuration,
            entry.key == key, entry.keyGeneration == configuration.engine.keyGeneration
        else { return nil }
        return entry.decision
    }

    /// Keeps the decision about the request whose key was set last.
    ///
    /// - Parameter keyGeneration: That of the engine before it decided.
    mutating func keep(_ decision: Decision, under configuration: GatewayConfiguration, keyGeneration: Int, now: Double) {
        guard !key.isEmpty else { return }
        if entries.isEmpty { entries = Array(repeating: nil, count: Self.places) }
        entries[place] = Entry(
            key: key,
            configuration: configuration,
            keyGeneration: keyGeneration,
            second: Int(now),
            decision: decision
        )
    }

    /// Forgets every decision: the memo holds tokens, and none of them longer than it has to.
    mutating func forget() { if !entries.isEmpty { entries = [] } }

    /// Sets the key: everything of a request that can influence the decision.
    ///
    /// There is none, and nothing is found or kept, when one of the rarer headers plays a part.
    mutating func setKey(_ bytes: Span<UInt8>, _ head: RequestHead, _ table: borrowing FieldTable, peer: PeerAddress) {
        key.removeAll(keepingCapacity: true)
        guard bytes.count <= Self.longestKey else { return }
        append(bytes, head.method)
        append(bytes, head.target)
        for field in table.fields {
            switch field.kind {
            case .forwarding, .origin, .accessControlRequestMethod, .accessControlRequestHeaders:
                return key.removeAll(keepingCapacity: true)
            case .host where !field.isMisspelled:
                key.append(UInt8(ascii: "H"))
                append(bytes, field.value)
            case .authorization where !field.isMisspelled:
                key.append(UInt8(ascii: "A"))
                append(bytes, field.value)
            default: break
            }
        }
        key.append(peer.isLoopback ? 1 : 0)
        key.append(contentsOf: peer.text.utf8)
        place = Int(truncatingIfNeeded: Self.hash(key.span) & UInt64(Self.places - 1))
    }

    /// Appends a part and a byte that occurs in none, so that different parts give different keys.
    private mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe key.append(contentsOf: $0) }
        key.append(0)
    }

    /// A fast hash; whoever finds collisions gains nothing but a decision made anew.
    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        let raw = unsafe bytes.bytes
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index + 8 <= bytes.count {
            hash = (hash ^ (unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            index += 8
        }
        while index < bytes.count {
            hash = (hash ^ UInt64(bytes[index])) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            index += 1
        }
        return hash
    }
}
