import CryptoExtras
import JSONRPC
import Synchronization

/// Holds the verification keys in force.
///
/// Any thread.
final class KeyStore: Sendable {
    private struct State {
        var keys: VerificationKeys
        var generation = 0
        var source: (any KeySource)?
    }

    private let state: Mutex<State>

    /// A store with its first keys, and where more come from.
    init(_ keys: VerificationKeys = VerificationKeys()) { state = Mutex(State(keys: keys)) }

    /// The keys in force, and a number that changes with them.
    var current: (keys: VerificationKeys, generation: Int) { state.withLock { ($0.keys, $0.generation) } }

    /// A number that changes with the keys.
    var generation: Int { state.withLock { $0.generation } }

    /// Whether a token can be verified at all.
    var hasKeys: Bool { state.withLock { !$0.keys.isEmpty } }

    /// Puts the keys of a JWK set in force.
    func replaceSet(_ set: [VerificationKeys.Member]) {
        state.withLock { state in
            state.keys.set = set
            state.generation += 1
        }
    }

    /// Puts the keys of PEM texts in force.
    func replacePinned(_ pinned: [_RSA.Signing.PublicKey]) {
        state.withLock { state in
            state.keys.pinned = pinned
            state.generation += 1
        }
    }

    /// Says where keys can be fetched that are not known yet.
    func attach(_ source: (any KeySource)?) { state.withLock { $0.source = source } }

    /// Asks the source for keys that are not known yet; nil when there is none or it was asked a moment ago.
    func refresh(now: Double) -> KeyRefresh? { state.withLock { $0.source }?.refreshForUnknownKey(now: now) }
}

/// Where keys come from that are not known yet (gateway.md §7.4).
protocol KeySource: Sendable {
    /// Begins a fetch, or joins a running one; nil when none is due and the present answer stands.
    ///
    /// - Parameter now: Seconds since 1970.
    func refreshForUnknownKey(now: Double) -> KeyRefresh?
}
