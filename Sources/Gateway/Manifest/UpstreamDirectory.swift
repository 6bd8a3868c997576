import Synchronization

/// The current address and state of every mounted service.
///
/// Supervision writes, the proxy reads per request; any thread.
final class UpstreamDirectory: Sendable {
    private struct Entry {
        var isManaged: Bool
        var address: UpstreamAddress?
        var state: ServiceState
        let gate: UpstreamGate
        var restarts = 0
        var lastError: String?
    }

    private struct Contents {
        var order: [String] = []
        var entries: [String: Entry] = [:]
        var isDraining = false
    }

    private let contents = Mutex(Contents())
    private let onChange: @Sendable (String, ServiceState) -> Void
    private let onCircuitChange: @Sendable (String, UpstreamGate.Change) -> Void

    /// An empty directory.
    ///
    /// - Parameters:
    ///   - onChange: Called with each change of the state of an `upstream` service; managed ones are reported by supervision.
    ///   - onCircuitChange: Called with each change of a service's circuit.
    init(
        onChange: @escaping @Sendable (String, ServiceState) -> Void = { _, _ in },
        onCircuitChange: @escaping @Sendable (String, UpstreamGate.Change) -> Void = { _, _ in }
    ) {
        self.onCircuitChange = onCircuitChange
        self.onChange = onChange
    }

    /// The service's server; nil for a name that is not mounted.
    func upstream(of service: String) -> Upstream? {
        contents.withLock { contents in
            guard let entry = contents.entries[service] else { return nil }
            return Upstream(service: service, address: entry.address, state: contents.isDraining ? .draining : entry.state)
        }
    }

    /// The service's server and the gate in front of it; nil for a name that is not mounted.
    func entrance(of service: String) -> (upstream: Upstream, gate: UpstreamGate)? {
        contents.withLock { contents in
            guard let entry = contents.entries[service] else { return nil }
            let state = contents.isDraining ? .draining : entry.state
            return (Upstream(service: service, address: entry.address, state: state), entry.gate)
        }
    }

    /// The gate in front of a service's server; nil for a name that is not mounted.
    func gate(of service: String) -> UpstreamGate? { contents.withLock { $0.entries[service]?.gate } }

    /// Every mounted service in the manifest's order.
    var all: [Upstream] {
        contents.withLock { contents in
            contents.order.compactMap { name in
                contents.entries[name].map {
                    Upstream(service: name, address: $0.address, state: contents.isDraining ? .draining : $0.state)
                }
            }
        }
    }

    /// What `/status` shows of a service beside its state.
    struct History: Sendable, Hashable {
        /// How often a managed server was started again.
        let restarts: Int
        /// What went wrong last.
        let lastError: String?
    }

    /// What happened to a service so far.
    func history(of service: String) -> History {
        contents.withLock { contents in
            let entry = contents.entries[service]
            return History(restarts: entry?.restarts ?? 0, lastError: entry?.lastError)
        }
    }

    /// Notes how often a managed server was started again, and what went wrong last.
    func note(_ service: String, restarts: Int, lastError: String?) {
        contents.withLock { contents in
            contents.entries[service]?.restarts = restarts
            if let lastError { contents.entries[service]?.lastError = lastError }
        }
    }

    /// Whether every managed service is ready, and the gateway is not draining.
    ///
    /// `upstream` services do not decide (gateway.md §10.1).
    var isReady: Bool {
        contents.withLock { contents in
            !contents.isDraining && contents.entries.values.allSatisfy { !$0.isManaged || $0.state == .ready }
        }
    }

    /// Whether the gateway is shutting down.
    var isDraining: Bool { contents.withLock { $0.isDraining } }

    /// Mounts a service that the gateway runs itself.
    func addManaged(_ service: String, _ limits: UpstreamLimits = UpstreamLimits()) {
        add(service, Entry(isManaged: true, address: nil, state: .starting, gate: gate(for: service, limits)))
    }

    /// Mounts a service that someone else runs.
    ///
    /// Its state is that of the last connection; until there was one it counts as ready.
    func addExternal(_ service: String, _ address: UpstreamAddress, _ limits: UpstreamLimits = UpstreamLimits()) {
        add(service, Entry(isManaged: false, address: address, state: .ready, gate: gate(for: service, limits)))
    }

    /// Unmounts a service.
    func remove(_ service: String) {
        contents.withLock { contents in
            contents.entries[service] = nil
            contents.order.removeAll { $0 == service }
        }
    }

    /// Puts the services into the manifest's order.
    func arrange(_ names: [String]) {
        contents.withLock { contents in
            contents.order = names.filter { contents.entries[$0] != nil }
        }
    }

    /// Sets the state of a managed service, and its address where one is given: then it is another server, whose circuit is closed.
    func update(_ service: String, state: ServiceState, address: UpstreamAddress? = nil) {
        let gate = contents.withLock { contents in
            contents.entries[service]?.state = state
            if let address { contents.entries[service]?.address = address }
            return contents.entries[service]?.gate
        }
        if address != nil { gate?.replaceServer() }
    }

    /// The proxy tells how a connection attempt ended.
    ///
    /// Changes the state of `upstream` services only.
    func noteConnection(to service: String, succeeded: Bool) {
        let state: ServiceState = succeeded ? .ready : .unreachable
        let changed = contents.withLock { contents in
            guard let entry = contents.entries[service], !entry.isManaged, entry.state != state else { return false }
            contents.entries[service]?.state = state
            return true
        }
        if changed { onChange(service, state) }
    }

    /// The `upstream` services that the last connection did not reach.
    var unreachable: [Upstream] { all.filter { $0.state == .unreachable } }

    /// The services whose server may be dead or hang: the last connection did not reach it, or its circuit is not closed.
    var doubtful: [Upstream] {
        all.filter { upstream in
            upstream.state.acceptsRequests && (upstream.state == .unreachable || gate(of: upstream.service)?.isCircuitClosed == false)
        }
    }

    /// A service's server answered a health check.
    func noteHealthy(_ service: String) { gate(of: service)?.becameHealthy() }

    /// From now on every service is `draining`.
    func beginDraining() { contents.withLock { $0.isDraining = true } }

    private func gate(for service: String, _ limits: UpstreamLimits) -> UpstreamGate {
        let onCircuitChange = onCircuitChange
        return UpstreamGate(limits) { onCircuitChange(service, $0) }
    }

    private func add(_ service: String, _ entry: Entry) {
        contents.withLock { contents in
            if contents.entries.updateValue(entry, forKey: service) == nil { contents.order.append(service) }
        }
    }
}
