package import AuthCommon
package import FoundationEssentials
package import MCPServer
package import ProcessSupport

/// What a tool's body may know about its call.
package struct ToolContext: Sendable {
    /// Who calls.
    package let identity: Identity
    /// Names this call in the log and in `INTERNAL_ERROR`.
    package let callID: String
    /// The call as the protocol sees it: progress, the client's capabilities.
    package let request: RequestContext
    /// The event log.
    package let log: EventLog
    /// The time of day; injected.
    package let now: @Sendable () -> Date
    /// By which path consent comes if the call needs any; nil: by none, so that such a call fails.
    package let consent: ConsentPath?
    /// Time for waiting; injected.
    package let clock: WaitClock
    /// The names of the tools that the caller may use now.
    package let allowedTools: @Sendable () -> [String]

    /// A context.
    package init(
        identity: Identity,
        callID: String,
        request: RequestContext,
        log: EventLog,
        now: @escaping @Sendable () -> Date,
        consent: ConsentPath? = .twoPhase,
        clock: WaitClock = .system,
        allowedTools: @escaping @Sendable () -> [String] = { [] }
    ) {
        self.identity = identity
        self.callID = callID
        self.request = request
        self.log = log
        self.now = now
        self.consent = consent
        self.clock = clock
        self.allowedTools = allowedTools
    }

    /// Whether the preview becomes a question to the user, which must name every target.
    package var asksUser: Bool { consent == .elicited }

    /// The same call, of the same caller with other roles.
    func with(_ identity: Identity) -> ToolContext {
        ToolContext(
            identity: identity,
            callID: callID,
            request: request,
            log: log,
            now: now,
            consent: consent,
            clock: clock,
            allowedTools: allowedTools
        )
    }
}
