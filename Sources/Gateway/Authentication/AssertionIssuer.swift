import AuthCommon

/// Issues the identity assertions that accompany forwarded requests (gateway.md §9.2) and reuses them while at least 30 s are left.
final class AssertionIssuer: Sendable {
    /// The assertion for a caller and a service, for the header `MCP-Gateway-Identity`. Cheap when one can be reused.
    ///
    /// - Parameter now: Seconds since 1970.
    /// - Throws: When signing fails, which no input can cause.
    func assertion(for caller: Caller, service: String, now: Double) throws -> String { "" }
}
