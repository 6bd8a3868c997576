/// The free connections of one event loop to one upstream.
///
/// The one used last is used first, so that the others can grow old.
struct UpstreamPool {
    /// More free connections than this are closed.
    ///
    /// As many as a busy loop has requests in flight: a smaller pool would open a connection for every request beyond it. Those that are not
    /// used grow old and are closed.
    static let limit = 4_096

    /// The free connections.
    private(set) var idle: [UpstreamConnection] = []

    /// No connections.
    init() {}

    /// Takes an open connection out.
    mutating func take() -> UpstreamConnection? {
        while let connection = idle.popLast() {
            if connection.isOpen { return connection }
        }
        return nil
    }

    /// Puts a free connection in; false when the pool is full.
    mutating func add(_ connection: UpstreamConnection) -> Bool {
        guard idle.count < Self.limit else { return false }
        idle.append(connection)
        return true
    }

    /// Takes this connection out if it is there.
    mutating func remove(_ connection: UpstreamConnection) {
        if let index = idle.lastIndex(where: { $0 === connection }) { idle.remove(at: index) }
    }
}
