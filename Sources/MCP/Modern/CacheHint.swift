public import JSONRPC

/// How long and by whom a result may be stored (2026-07-28).
public struct CacheHint: Sendable, Hashable {
    /// Who may be given a stored copy.
    public enum Scope: String, Sendable, Hashable {
        /// Anybody.
        case `public`
        /// Only the caller to whom the result was given.
        case `private`
    }

    /// How long, in milliseconds; 0 is not at all.
    public var milliseconds: Int
    /// By whom.
    public var scope: Scope

    /// A hint.
    public init(milliseconds: Int, scope: Scope) {
        self.milliseconds = milliseconds
        self.scope = scope
    }

    /// What depends on the caller's role, which everything here may.
    public static let callersOwn = CacheHint(milliseconds: 0, scope: .private)

    /// Adds the members to a result.
    public func stamp(_ result: inout JSONObject) {
        result["ttlMs"] = .int(milliseconds)
        result["cacheScope"] = .string(scope.rawValue)
    }
}
