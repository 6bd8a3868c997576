/// A request that passed the steps 2–8 of gateway.md §6 and may go to an upstream.
struct Admission: Sendable {
    /// Where it lies.
    let mount: Mount
    /// Which endpoint of the server it is for.
    let endpoint: Endpoint
    /// The path for the upstream: the canonical path without the mount, re-encoded.
    ///
    /// Always begins with `/`.
    let upstreamPath: String
    /// The query without the `?`, untouched; nil when there was none.
    ///
    /// Never logged.
    let query: String?
    /// Who calls.
    let caller: Caller
}
