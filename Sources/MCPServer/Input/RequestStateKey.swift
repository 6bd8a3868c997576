import Crypto

/// The secret that states are sealed with; other keys are derived from it (RFC 5869).
public struct RequestStateKey: Sendable {
    /// How many bytes a key has at least.
    public static let minimumBytes = 32

    private let material: SymmetricKey

    /// A key of the replicas that share it; nil for fewer than 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count >= Self.minimumBytes else { return nil }
        material = SymmetricKey(data: Array(bytes))
    }

    private init(material: SymmetricKey) { self.material = material }

    /// A new key from the system's cryptographic source: states end with the process.
    public static func random() -> RequestStateKey { RequestStateKey(material: SymmetricKey(size: .bits256)) }

    /// The key for one purpose at one audience.
    func derived(for info: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: material, info: info, outputByteCount: 32)
    }
}
