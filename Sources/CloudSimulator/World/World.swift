/// The whole simulated cloud as a value: everything it knows, and how a request changes it.
///
/// Nothing here waits, reads a clock or opens a socket. ``Simulator`` keeps the one world of a process behind a lock.
struct World: Sendable {
    let configuration: SimulatorConfiguration
    let account: Account
    private let dataSet: DataSet
    private let authenticator: RequestAuthenticator

    /// Runs on the cloud's wall clock.
    var clock: WorkClock
    /// How far the cloud's wall clock is ahead of the machine's, in milliseconds.
    var skew: Int64 = 0
    var identifiers: IdentifierSource
    var projects: ProjectDirectory
    var compute: Compute
    var pipelines: PipelineStore
    var trail: AuditTrail
    var faults = FaultTable()
    var requests = RequestLog()

    /// A world as the data set describes it.
    init(configuration: SimulatorConfiguration, dataSet: DataSet, seed: UInt64, now: Timestamp) {
        self.configuration = configuration
        self.dataSet = dataSet
        account = .demo
        authenticator = RequestAuthenticator(credentials: configuration.credentials)
        clock = WorkClock(speed: configuration.speed, now: now)
        identifiers = IdentifierSource(seed: seed)
        projects = ProjectDirectory(projects: [
            .init(id: configuration.projectID, name: configuration.region),
            .init(id: IdentifierDigest.hex(of: "project of the domain", count: 32), name: "MOS"),
        ])
        compute = Compute(servers: dataSet.servers, flavors: dataSet.flavors, jobs: dataSet.jobs.map { $0.job(now: now) })
        pipelines = PipelineStore(
            projectID: configuration.codeArtsProjectID,
            pipelines: dataSet.pipelines.map { $0.pipeline(configuration, now: now) }
        )
        trail = AuditTrail(dataSet.traces.enumerated().map { $1.trace(now: now, number: $0) })
    }

    /// Forgets everything that happened: state, faults, skew, request log.
    ///
    /// Identifiers go on, so that none is handed out twice.
    mutating func reset(now: Timestamp) {
        let identifiers = identifiers
        self = World(configuration: configuration, dataSet: dataSet, seed: 0, now: now)
        self.identifiers = identifiers
    }

    /// The time of the cloud's wall clock when the machine's shows `now`.
    func time(_ now: Timestamp) -> Timestamp { now.adding(milliseconds: skew) }

    /// Lets everything happen that is due at `now`, by the machine's clock.
    mutating func settle(_ now: Timestamp) {
        compute.settle(clock: clock, now: time(now))
        pipelines.settle(clock: clock, now: time(now))
        trail.settle(now: time(now))
    }

    /// Whether the request may reach the services.
    func authenticate(_ request: APIRequest, now: Timestamp) throws(AuthenticationFailure) {
        try authenticator.authenticate(request, now: time(now))
    }
}
