import AsyncHTTPClient
import Crypto
import FoundationEssentials
import JSONRPC
import ProcessSupport
import Synchronization

/// The parts of a running gateway that outlive a reload.
final class GatewayParts: Sendable {
    let log: EventLog
    let metrics = Metrics()
    let directory: UpstreamDirectory
    let keys: KeyStore
    let revocations: RevocationStore
    let configuration: ConfigurationBox
    let supervisor: Supervisor
    let proxyServices: ProxyServices
    /// The audit trail, where there is one.
    let audit: RequestAudit?

    private let sink: LogSink
    private let client: HTTPClient
    private let identity: IdentitySigning
    private let assertions: AssertionIssuer
    private let sessionKey: SymmetricKey
    private let now: @Sendable () -> Double
    private let started: Double
    private let running: Mutex<GatewayPlan>
    private let keySet = Mutex<(url: String, refresher: KeySetRefresher, task: Task<Void, Never>)?>(nil)
    private let revocationWatch = Mutex<(watcher: RevocationWatcher, task: Task<Void, Never>)?>(nil)
    private let readFile: FileReader
    private let prober = Mutex<Task<Void, Never>?>(nil)

    /// The parts for a plan.
    ///
    /// Nothing runs yet.
    init(_ plan: GatewayPlan, console: Console, output: LogOutput, audit file: AuditFile? = nil) {
        let settings = plan.settings
        let hasTimeZone = settings.variables["TZ"].map { !$0.trimmed.isEmpty } ?? false
        let sink = LogSink(
            format: settings.logFormat,
            secrets: plan.secrets,
            outputs: [output],
            timestamp: hasTimeZone ? .local : .utc
        )
        let log = EventLog(logger: "mcp-gateway", level: settings.logLevel, sink: sink)
        let directory = UpstreamDirectory(
            onChange: { service, state in
                log.event(
                    state == .ready ? .info : .warning,
                    "service-state",
                    ["service": .string(service), "state": .string(state.rawValue), "restarts": 0]
                )
            },
            onCircuitChange: { service, change in CircuitLog.record(change, service: service, to: log) }
        )
        let keys = KeyStore(plan.keys)
        let revocations = RevocationStore(plan.revocations?.list ?? RevocationList())
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .withoutRedirects)
        let identity = IdentitySigning(plan.identityKey)
        let assertions = AssertionIssuer(signer: identity.signer)
        let sessionKey = settings.sessionKey ?? SymmetricKey(size: .bits256)
        let configuration = ConfigurationBox(
            Self.configuration(
                plan,
                keys: keys,
                revocations: revocations,
                directory: directory,
                assertions: assertions,
                sessionKey: sessionKey
            )
        )
        let audit = file.map { Self.audit($0, sink: sink, log: log, now: console.now) }
        let development = AccessLog.DevelopmentMode(mode: settings.mode, loopbackOnly: !settings.isOpen)
        let metrics = metrics
        let clock = ContinuousClock.now
        self.log = log
        self.audit = audit
        self.directory = directory
        self.keys = keys
        self.revocations = revocations
        readFile = console.host.readFile
        self.configuration = configuration
        self.sink = sink
        self.client = client
        self.identity = identity
        self.assertions = assertions
        self.sessionKey = sessionKey
        now = console.now
        started = console.now()
        running = Mutex(plan)
        supervisor = Supervisor(
            ManagedService.Surroundings(
                launcher: SubprocessLauncher(client: client),
                directory: directory,
                variables: settings.variables,
                publicKey: identity.publicKeyPEM,
                log: log,
                onRestart: { metrics.childRestart(service: $0) },
                now: { clock.duration(to: .now).seconds },
                sleep: { try? await Task.sleep(for: .seconds($0)) }
            )
        )
        proxyServices = ProxyServices(
            configuration: configuration,
            directory: directory,
            log: AccessLog(
                log: log,
                metrics: metrics,
                development: settings.mode == .jwt ? nil : development,
                audit: audit
            ),
            revocations: revocations,
            now: console.now
        )
        arrange(plan)
    }

    private static func audit(
        _ file: AuditFile,
        sink: LogSink,
        log: EventLog,
        now: @escaping @Sendable () -> Double
    ) -> RequestAudit {
        let queue = AuditQueue(file: file, common: ["source": "mcp-gateway"], redactor: { sink.redactor }) { failure in
            if let failure {
                log.critical("audit-failed", ["error": .string(failure.description), "detail": "nothing is forwarded meanwhile"])
            } else {
                log.notice("audit-works-again")
            }
        }
        return RequestAudit(queue: queue, now: now)
    }

    /// Begins the audit trail of this run.
    func openAudit(address: String) {
        guard let audit else { return }
        logChain("audit-opened", audit)
        let plan = plan
        audit.write(
            "gateway-started",
            [
                "version": .string(GatewayVersion.current), "address": .string(address),
                "auth_mode": .string(plan.settings.mode.rawValue),
                "mounted": .array(plan.mounts.map { .string("\($0.service)=\($0.path)") }),
            ]
        )
    }

    /// Ends it, on the disk.
    func closeAudit() {
        guard let audit else { return }
        audit.write("gateway-stopped", [:])
        audit.flush()
        logChain("audit-closed", audit)
    }

    /// Notes the end of the chain in the log, so that what is cut off behind it is missed.
    private func logChain(_ event: String, _ audit: RequestAudit) {
        log.info(event, ["seq": .int(audit.chain.sequence), "chain_sha256": .string(audit.chain.hash)])
    }

    /// Starts the managed servers, the fetching of keys, and the probing of unreachable upstreams.
    func start(_ plan: GatewayPlan) {
        fetchKeys(plan.keySetURL)
        watchRevocations(plan.revocations)
        for command in plan.commands { supervisor.start(command) }
        let prober = UpstreamProber(directory: directory, connectTimeout: plan.manifest.limits.connectTimeout)
        self.prober.withLock { $0 = Task { await prober.run() } }
    }

    /// Ends what ``start(_:)`` started.
    func stop() async {
        prober.withLock { $0 }?.cancel()
        keySet.withLock { $0 }?.task.cancel()
        revocationWatch.withLock { $0 }?.task.cancel()
        await supervisor.stopAll()
        try? await client.shutdown()
    }

    /// The plan in force.
    var plan: GatewayPlan { running.withLock { $0 } }

    /// Puts another plan in force: for the requests that begin from now on, as a whole.
    func adopt(_ plan: GatewayPlan) {
        sink.hide(plan.secrets)
        keys.replacePinned(plan.keys.pinned)
        if plan.keySetURL == nil { keys.replaceSet(plan.keys.set) }
        fetchKeys(plan.keySetURL)
        watchRevocations(plan.revocations)
        arrange(plan)
        configuration.replace(
            with: Self.configuration(
                plan,
                keys: keys,
                revocations: revocations,
                directory: directory,
                assertions: assertions,
                sessionKey: sessionKey
            )
        )
        running.withLock { $0 = plan }
    }

    /// What the admin listener serves.
    var adminPages: AdminPages {
        AdminPages(
            metrics: { self.metrics.text(keySetAge: self.keySet.withLock { $0 }?.refresher.age, health: self.health) },
            status: {
                StatusPage(version: GatewayVersion.current, uptime: self.now() - self.started, services: self.plan.selection.mounted)
                    .json(directory: self.directory, metrics: self.metrics, health: self.health)
            },
            identityKeys: identity.keySet,
            health: { self.ownPaths.healthResponse },
            readiness: { self.ownPaths.readinessResponse }
        )
    }

    /// How everything is at this moment.
    private var health: HealthFigures {
        HealthFigures(
            services: HealthFigures.services(directory),
            audit: audit?.health,
            revocations: revocationWatch.withLock { $0 }.map { watch in
                let list = revocations.current
                return HealthFigures.Revocations(tokens: list.tokenIDs.count, subjects: list.subjects.count, load: watch.watcher.health)
            },
            keySet: keySet.withLock { $0 }.map { set in
                HealthFigures.KeySet(keys: keys.current.keys.set.count, load: set.refresher.health)
            }
        )
    }

    private var ownPaths: OwnPaths {
        let plan = plan
        return plan.ownPaths(
            metadata: ResourceMetadata(issuer: plan.rules.issuer, publicURL: plan.manifest.publicURL),
            readiness: Self.readiness(plan, keys: keys, directory: directory)
        )
    }

    /// Adds the plan's services to the directory; those that are there already stay as they are.
    private func arrange(_ plan: GatewayPlan) {
        for service in plan.selection.mounted {
            switch service.target {
            case .command:
                if directory.upstream(of: service.name) == nil { directory.addManaged(service.name, service.limits) }
            case .upstream(let address):
                if directory.upstream(of: service.name)?.address != address {
                    directory.addExternal(service.name, address, service.limits)
                }
            }
            directory.gate(of: service.name)?.apply(service.limits)
        }
        directory.arrange(plan.selection.mounted.map(\.name))
    }

    /// Fetches the keys of a plan, also those that were fetched already: a reload is how an operator asks for them.
    private func fetchKeys(_ url: String?) {
        keySet.withLock { current in
            if let current, let url, ExactText.same(current.url, url) { return current.refresher.refetch() }
            current?.task.cancel()
            current = nil
            keys.attach(nil)
            guard let url else { return }
            keys.replaceSet([])
            let refresher = KeySetRefresher(keys: keys, fetcher: KeySetFetcher(url: url, client: client), log: log, now: now)
            keys.attach(refresher)
            current = (url, refresher, Task { await refresher.run() })
        }
    }

    /// Puts the list of a plan in force and watches its file from then on.
    private func watchRevocations(_ next: GatewayPlan.Revocations?) {
        revocationWatch.withLock { current in
            current?.task.cancel()
            current = nil
            revocations.replace(with: next?.list ?? RevocationList())
            guard let next else { return }
            let watcher = RevocationWatcher(
                path: next.path,
                store: revocations,
                log: log,
                audit: audit,
                readFile: readFile,
                now: now
            )
            current = (watcher, Task { await watcher.run() })
        }
    }

    private static func configuration(
        _ plan: GatewayPlan,
        keys: KeyStore,
        revocations: RevocationStore,
        directory: UpstreamDirectory,
        assertions: AssertionIssuer,
        sessionKey: SymmetricKey
    ) -> GatewayConfiguration {
        GatewayConfiguration(
            engine: plan.engine(
                authenticator: plan.authenticator(keys: keys, revocations: revocations),
                readiness: readiness(plan, keys: keys, directory: directory)
            ),
            assertions: assertions,
            limits: plan.manifest.limits,
            trustedProxies: plan.manifest.trustedProxies,
            sseKeepAlive: plan.settings.sseKeepAlive,
            sessionKey: sessionKey
        )
    }

    private static func readiness(_ plan: GatewayPlan, keys: KeyStore, directory: UpstreamDirectory) -> @Sendable () -> Readiness {
        let needsKeys = plan.settings.mode == .jwt
        return { Readiness(directory: directory, hasKeys: !needsKeys || keys.hasKeys) }
    }
}
