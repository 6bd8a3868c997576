package import JSONRPC

/// What the first phase of a two-phase tool came to.
package enum Prepared: Sendable {
    /// This call needs no consent and is done; the `data`.
    case done(JSONObject)
    /// This is what would happen; it happens after consent.
    case needsConsent(PreparedOperation)
}
