/// What the data path uses of the rest of the gateway.
///
/// Shared by all event loops.
struct ProxyServices: Sendable {
    /// The configuration in force.
    let configuration: ConfigurationBox
    /// Where the services' servers are.
    let directory: UpstreamDirectory
    /// The log records and metrics.
    let log: AccessLog
    /// The tokens and subjects that are not accepted any more.
    let revocations: RevocationStore
    /// The time in seconds since 1970.
    let now: @Sendable () -> Double
    /// The requests of every caller.
    let requestRates = TokenBuckets<CallerKey>()
    /// The requests of every client address.
    let addressRates = TokenBuckets<String>()
    /// The failed authentications of every client address.
    let failedAuthentications = TokenBuckets<String>()
    /// The open event streams of every caller.
    let streams = StreamQuota()

    /// Services with empty tables.
    init(
        configuration: ConfigurationBox,
        directory: UpstreamDirectory,
        log: AccessLog,
        revocations: RevocationStore = RevocationStore(),
        now: @escaping @Sendable () -> Double
    ) {
        self.configuration = configuration
        self.directory = directory
        self.log = log
        self.revocations = revocations
        self.now = now
    }
}
