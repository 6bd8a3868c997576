/// The steps 2–8 of gateway.md §6, in their order; the first failure answers.
///
/// Synchronous and free of side effects on the request's path, so that the proxy and `explain` run the same code.
struct DecisionEngine: Sendable {
    /// Decides about a request.
    ///
    /// - Parameter now: Seconds since 1970.
    func decide(_ facts: RequestFacts, now: Double) -> Decision {
        Decision(outcome: .refuse(Refusal(404, "not-found")), path: facts.target, mount: nil, caller: nil, corsHeaders: [])
    }
}
