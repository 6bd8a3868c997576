package import HuaweiCloud
package import MCPServer
package import ProcessSupport

/// Everything that a server reads before it starts, checked (servers.md §7).
package struct ServerConfiguration: Sendable {
    /// What requests to the cloud are signed with.
    package var credentials: Credentials
    /// The region.
    package var region: String
    /// `HUAWEICLOUD_PROJECT_ID`, if set.
    package var projectID: String?
    /// Where services are found.
    package var endpoints: Endpoints
    /// One attempt, from connecting to the last byte.
    package var httpTimeout: Duration
    /// Further attempts.
    package var networkRetries: Int
    /// The server's own variables.
    package var variables: ServerVariables
    /// How it is reached.
    package var transport: ServerTransport
    /// Who may call.
    package var authentication: ServerAuthentication
    /// How consent is obtained.
    package var approvalPolicy: ApprovalPolicy
    /// What states in the hands of clients are sealed with, newest first; empty: a key that ends with the process.
    package var stateKeys: [RequestStateKey]
    /// How long the text of a result may be.
    package var textBudget: TextBudget
    /// How many HTTP sessions one subject of a tenant may have.
    package var sessionsPerSubject: Int
    /// Which tools are offered.
    package var filter: ToolFilter
    /// The least important events that are logged.
    package var logLevel: LogLevel
    /// A log file beside stderr.
    package var logFile: String?
    /// The audit file; nil for none.
    package var auditFile: String?
    /// Whether a listener ends when stdin closes.
    package var exitsWhenStdinCloses: Bool
    /// All secrets that were read, for redaction.
    package var secrets: [Secret]
}
