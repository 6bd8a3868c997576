import NIOCore

/// What the connections of one event loop share: the clock's wheel, the pools of upstream connections, scratch memory.
///
/// Confined to that loop, so nothing here is locked.
final class ProxyLoop {
    /// Ticks of the wheel per second.
    static let ticksPerSecond = 4

    /// The event loop.
    let eventLoop: any EventLoop
    /// What all loops share.
    let services: ProxyServices
    /// The deadlines of the connections.
    var wheel = TimerWheel<ProxyConnection>()
    /// The field lines of the head that is being looked at.
    ///
    /// Valid until the next head is parsed.
    var table = FieldTable()
    /// The decisions of this second.
    var memo = DecisionMemo()
    /// Whether the gateway is shutting down: no connection is kept for another request.
    private(set) var isDraining = false
    /// The client connections.
    private(set) var clients: [ClientConnection] = []
    /// The current time for the header `Date`.
    private(set) var date = ""

    private let connector: UpstreamConnector
    private var pools: [UpstreamAddress: UpstreamPool] = [:]
    private var sealer: (configuration: GatewayConfiguration, sealer: SessionSealer)?
    private var requestIDs: RequestIDs
    private var heap = HeapWatch()
    private var traceIDs = TraceIDs()
    private var dateSecond = 0
    private var ticker: RepeatedTask?

    /// A loop without connections.
    init(eventLoop: any EventLoop, services: ProxyServices, connector: UpstreamConnector, requestIDs: RequestIDs = RequestIDs()) {
        self.eventLoop = eventLoop
        self.services = services
        self.connector = connector
        self.requestIDs = requestIDs
        updateDate()
    }

    // MARK: Time

    /// Starts the clock.
    func start() {
        let interval = TimeAmount.milliseconds(Int64(1_000 / Self.ticksPerSecond))
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        ticker = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in bound.value.tick() }
    }

    /// Stops the clock.
    func stop() {
        ticker?.cancel()
        ticker = nil
        for pool in pools.values { for connection in pool.idle { connection.closeNow() } }
    }

    /// One tick of the clock: everything due happens.
    func tick() {
        updateDate()
        for connection in wheel.advance() { connection.deadlineReached() }
        if heap.shouldTrim(connections: clients.count) { Heap.trim() }
    }

    /// The tick that lies so many seconds ahead; nil for no limit.
    func tick(after seconds: Int?) -> UInt64? {
        guard let seconds else { return nil }
        // One more, because the current tick has begun already.
        return wheel.now + UInt64(min(max(seconds, 0), 1 << 40) * Self.ticksPerSecond) + 1
    }

    private func updateDate() {
        let second = Int(services.now())
        guard second != dateSecond else { return }
        dateSecond = second
        memo.forget()
        date = HTTPDate.text(second)
    }

    // MARK: What requests need

    /// Another id for a request.
    func nextRequestID() -> String { requestIDs.next() }

    /// A trace for a request that belongs to none.
    func nextTrace() -> TraceContext { traceIDs.next() }

    /// The sealer of the configuration's session key.
    func sealer(of configuration: GatewayConfiguration) -> SessionSealer {
        if let sealer, sealer.configuration === configuration { return sealer.sealer }
        let made = SessionSealer(key: configuration.sessionKey)
        sealer = (configuration, made)
        return made
    }

    // MARK: Client connections

    /// A client connection begins.
    func add(_ client: ClientConnection) {
        client.index = clients.count
        clients.append(client)
    }

    /// A client connection is over.
    func remove(_ client: ClientConnection) {
        guard client.index >= 0, let last = clients.popLast() else { return }
        if last !== client {
            clients[client.index] = last
            last.index = client.index
        }
        client.index = -1
    }

    /// Ends idle connections and streams at once; running requests may finish.
    func beginDraining() {
        isDraining = true
        for client in clients { client.beginDraining() }
        for pool in pools.values { for connection in pool.idle { connection.closeNow() } }
    }

    /// Ends the streams that are not allowed any more.
    func endStreams(as end: StreamEnd = .notAllowed, unless isAllowed: (Mount, Caller) -> Bool) {
        for client in clients { client.endStream(as: end, unless: isAllowed) }
    }

    /// Ends everything at once.
    func abort() { for client in clients { client.closeNow() } }

    /// The bytes that all connections hold.
    var bufferedBytes: Int { clients.reduce(0) { $0 + $1.bufferedBytes + ($1.exchange?.upstream?.bufferedBytes ?? 0) } }

    // MARK: Upstream connections

    /// An open connection that is free; nil when there is none.
    func takeIdle(_ address: UpstreamAddress) -> UpstreamConnection? { pools[address]?.take() }

    /// Opens a connection, whose client is told how it went, perhaps before this returns.
    func open(_ connection: UpstreamConnection, timeout: Int?) {
        connector.connect(connection.address, connection, timeout, eventLoop).assumeIsolated().whenComplete { result in
            switch result {
            case .success: connection.didConnect()
            case .failure(let error): connection.didFailToConnect(error)
            }
        }
    }

    /// Keeps a free connection for another request.
    func keep(_ connection: UpstreamConnection) {
        guard !isDraining, pools[connection.address, default: UpstreamPool()].add(connection) else { return connection.closeNow() }
    }

    /// Forgets a connection that is closed or taken.
    func forget(_ connection: UpstreamConnection) {
        pools[connection.address]?.remove(connection)
        if pools[connection.address]?.idle.isEmpty == true { pools[connection.address] = nil }
    }

    /// The number of free upstream connections.
    var idleUpstreams: Int { pools.values.reduce(0) { $0 + $1.idle.count } }
}
