/// How a destructive operation reaches a human (consent.md §1).
package enum ApprovalPolicy: String, Sendable, CaseIterable {
    /// Ask the user where the client can, else two phases.
    case automatic = "auto"
    /// A preview and a confirming call of the same subject.
    case twoPhase = "two-phase"
    /// Ask the user or refuse.
    case elicit = "elicit"
    /// A preview, and a confirming call of another subject of the same tenant.
    case fourEyes = "four-eyes"

    /// Whether the caller may confirm what the owner asked for.
    package func allows(_ caller: ApprovalOwner, toConfirmFor owner: ApprovalOwner) -> Bool {
        switch self {
        case .automatic, .twoPhase: caller == owner
        case .fourEyes: caller.hasTenant(of: owner) && caller != owner
        case .elicit: false
        }
    }
}
