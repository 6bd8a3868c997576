import AuthCommon
import Crypto
public import JSONRPC

/// Seals what a server keeps in the client's hands between the rounds of one call (2026-07-28, mcp.md §3.2).
///
/// A state is encrypted and authenticated with AES-256-GCM together with its ``RequestStateBinding``: the client can neither read nor alter
/// it, nor use it for another call, and nobody else can use it at all. It expires. Nothing is stored, so replicas that share the keys open
/// each other's states; using one only once is up to whoever remembers ``RequestState/nonce``.
public struct RequestStateSealer: Sendable {
    /// The longest text that is looked at, in bytes.
    public static let longestText = 64 << 10

    private static let version: UInt8 = 1

    private let newest: SymmetricKey
    private let older: [SymmetricKey]
    private let lifetime: Int64
    private let now: @Sendable () -> Int64
    private let makeNonce: @Sendable () -> String

    /// A sealer.
    ///
    /// - Parameters:
    ///   - newest: The key that seals.
    ///   - older: Further keys that open, for as long as their states live.
    ///   - purpose: What the states are for; a sealer of another purpose does not open them.
    ///   - audience: Which server they are for; another one does not open them.
    ///   - lifetime: How long a state can come back, in seconds.
    ///   - now: Seconds since 1970.
    ///   - makeNonce: Makes a text that never repeats.
    public init(
        newest: RequestStateKey,
        older: [RequestStateKey] = [],
        purpose: String,
        audience: String,
        lifetime: Int64 = 600,
        now: @escaping @Sendable () -> Int64,
        makeNonce: @escaping @Sendable () -> String = RequestStateSealer.randomNonce
    ) {
        var info = LengthPrefixed()
        for field in ["mcp request state", purpose, audience] { info.append(Array(field.utf8)) }
        self.newest = newest.derived(for: info.bytes)
        self.older = older.map { $0.derived(for: info.bytes) }
        self.lifetime = lifetime
        self.now = now
        self.makeNonce = makeNonce
    }

    /// The text that goes to the client as `requestState`.
    ///
    /// - Throws: `-32603` for a content so large that it could not come back.
    public func seal(_ content: JSONObject, for binding: RequestStateBinding) throws(JSONRPCError) -> String {
        let plain: JSONObject = ["n": .string(makeNonce()), "e": .int(Int(now() + lifetime)), "c": .object(content)]
        // The nonce of the cipher is 96 random bits: no key seals so often that one repeats.
        guard let box = try? AES.GCM.seal(plain.bytes(), using: newest, authenticating: binding.bytes), let combined = box.combined else {
            throw JSONRPCError(code: .internalError, message: "The request failed")
        }
        let text = Base64URL.encode([Self.version] + Array(combined))
        guard text.utf8.count <= Self.longestText else {
            throw JSONRPCError(code: .internalError, message: "The state of the request is too large")
        }
        return text
    }

    /// The state that a text stands for.
    ///
    /// - Throws: ``RequestStateError``; tell the client its ``RequestStateError/jsonRPC`` and do nothing else.
    public func open(_ text: String, for binding: RequestStateBinding) throws(RequestStateError) -> RequestState {
        // Strict: one text only stands for a state.
        guard text.utf8.count <= Self.longestText, let bytes = Base64URL.decode(text), bytes.first == Self.version,
            let box = try? AES.GCM.SealedBox(combined: bytes.dropFirst()),
            let plain = decrypted(box, binding), let json = try? JSONParser.parse(plain),
            let nonce = json["n"]?.stringValue, let expires = json["e"]?.intValue, let content = json["c"]?.objectValue
        else { throw .invalid }
        guard now() < Int64(expires) else { throw .expired }
        return RequestState(content: content, nonce: nonce, expires: Int64(expires))
    }

    private func decrypted(_ box: AES.GCM.SealedBox, _ binding: RequestStateBinding) -> [UInt8]? {
        for key in [newest] + older {
            if let plain = try? AES.GCM.open(box, using: key, authenticating: binding.bytes) { return Array(plain) }
        }
        return nil
    }

    /// 128 bits from the system's cryptographic source, in base64url.
    public static func randomNonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}
