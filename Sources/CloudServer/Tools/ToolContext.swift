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

    /// A context.
    package init(identity: Identity, callID: String, request: RequestContext, log: EventLog, now: @escaping @Sendable () -> Date) {
        self.identity = identity
        self.callID = callID
        self.request = request
        self.log = log
        self.now = now
    }
}
