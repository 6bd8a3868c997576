/// What happens with a request, and what its log record and response need to know whatever the outcome.
struct Decision: Sendable {
    /// What happens.
    enum Outcome: Sendable {
        /// Goes to the mount's upstream, unless one of the later steps refuses it.
        case forward(Admission)
        /// Is answered here: one of the gateway's own paths, or a CORS preflight.
        case respond(LocalResponse)
        /// Is refused.
        case refuse(Refusal)
        /// The keys that may verify the token are being fetched: decide again when the refresh is over (gateway.md §7.4).
        case wait(KeyRefresh)
    }

    /// The rule that decided.
    enum Step: String, Sendable, Hashable {
        case path = "canonical-path"
        case host
        case origin
        case preflight
        case ownPath = "own-path"
        case authentication
        case mount
        case roles
        case endpoint

        /// Whether requests that get so far are told apart by who sends them.
        var needsAuthentication: Bool {
            switch self {
            case .path, .host, .origin, .preflight, .ownPath: false
            case .authentication, .mount, .roles, .endpoint: true
            }
        }
    }

    /// What happens.
    let outcome: Outcome
    /// Which of the steps 2–8 of gateway.md §6 decided; the last one for a request that is forwarded.
    let step: Step
    /// The canonical path, or the raw one without its query where there is no canonical one; for the logs.
    let path: String
    /// The mount that the path lies under, also when the caller was refused.
    let mount: Mount?
    /// The caller, as soon as authentication succeeded.
    let caller: Caller?
    /// Header fields for every response to this request, forwarded or not (gateway.md §10.2).
    let corsHeaders: [LocalResponse.Field]
}
