/// By which path consent for a destructive call comes (consent.md §1); the raw value is the word of the audit (§3).
package enum ConsentPath: String, Sendable, Hashable, CaseIterable {
    /// The user is asked in the call itself.
    case elicited
    /// A preview, and a confirming call of the same subject.
    case twoPhase = "two-phase"
    /// A preview, and a confirming call of another subject of the same tenant.
    case fourEyes = "four-eyes"
}

extension ApprovalPolicy {
    /// The path of a call; nil when the policy demands that the user is asked and the client cannot.
    package func path(clientCanAsk: Bool) -> ConsentPath? {
        switch self {
        case .automatic: clientCanAsk ? .elicited : .twoPhase
        case .twoPhase: .twoPhase
        case .elicit: clientCanAsk ? .elicited : nil
        case .fourEyes: .fourEyes
        }
    }

    /// The path of what the confirm tool executes.
    package var confirmedPath: ConsentPath {
        switch self {
        case .automatic, .twoPhase, .elicit: .twoPhase
        case .fourEyes: .fourEyes
        }
    }

    /// Whether a tool is shown to a client; one that could never get consent is not.
    package func lists(_ effect: ToolEffect, clientCanAsk: Bool) -> Bool {
        guard self == .elicit, case .changes(destructive: true, _) = effect else { return true }
        return clientCanAsk
    }

    /// What is added to the description of a tool whose calls may need consent, so that the model knows what comes back.
    var note: String? {
        switch self {
        case .automatic:
            "Where the client can ask its user, this call itself asks, executes after a yes, and returns the operation's result instead of a preview."
        case .elicit:
            "This call itself asks the user, executes after a yes, and returns the operation's result; there is no preview to confirm."
        case .twoPhase, .fourEyes: nil
        }
    }
}
