package import FoundationEssentials
package import ProcessSupport

/// What every tool call of a process shares.
///
/// All of it is injected.
package struct ToolEnvironment: Sendable {
    /// The event log.
    package let log: EventLog
    /// Cleans what callers are told.
    package let errorText: ErrorText
    /// Two-phase operations.
    package let approvals: Approvals
    /// Asking users.
    package let consent: Consent
    /// The audit file, where there is one.
    package let audit: ServerAudit?
    /// A monotonic clock: the time since a fixed point.
    package let monotonic: @Sendable () -> Duration
    /// Waits so long, or until the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// The time of day.
    package let date: @Sendable () -> Date
    /// Names calls; unique within the life of a log.
    package let newCallID: @Sendable () -> String
    /// How long the text of a result may be.
    package let textBudget: TextBudget

    /// An environment.
    ///
    /// - Parameter consent: Nil: with a key that ends with the process.
    package init(
        log: EventLog,
        errorText: ErrorText,
        approvals: Approvals,
        consent: Consent? = nil,
        audit: ServerAudit? = nil,
        monotonic: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        date: @escaping @Sendable () -> Date,
        newCallID: @escaping @Sendable () -> String,
        textBudget: TextBudget = .default
    ) {
        self.log = log
        self.errorText = errorText
        self.approvals = approvals
        self.consent = consent ?? Consent(service: approvals.service, date: date)
        self.audit = audit
        self.monotonic = monotonic
        self.date = date
        self.newCallID = newCallID
        self.sleep = sleep
        self.textBudget = textBudget
    }
}
