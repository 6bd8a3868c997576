import JSONRPC

/// The state of CTS: the traces of the last seven days.
struct AuditTrail: Sendable, Hashable {
    /// How long traces are kept.
    static let retentionSeconds: Int64 = 7 * 86_400

    /// The most that are kept, whatever their age.
    static let capacity = 50_000

    /// Oldest first.
    private(set) var traces: [Trace] = []

    /// The trail of a data set.
    init(_ traces: [Trace]) { self.traces = traces.sorted { $0.time < $1.time } }

    /// Adds a trace at its time's place, behind those of the same time.
    mutating func append(_ trace: Trace) {
        let index = (traces.lastIndex { $0.time <= trace.time }).map { $0 + 1 } ?? 0
        traces.insert(trace, at: index)
        if traces.count > Self.capacity { traces.removeFirst(Self.capacity / 10) }
    }

    /// Forgets what is too old.
    mutating func settle(now: Timestamp) {
        let oldest = now.adding(seconds: -Self.retentionSeconds)
        guard let first = traces.first, first.time < oldest else { return }
        traces.removeAll { $0.time < oldest }
    }

    /// `GET …/traces`: newest first; `marker` is the last trace of a page behind which there are more.
    func list(_ filter: TraceFilter) throws(ServiceError) -> ServiceAnswer {
        var found = traces.reversed().filter(filter.admits)
        if let marker = filter.marker, filter.traceID == nil {
            // The marker's place is that of the trace, whether or not the filters still admit it.
            guard let place = traces.firstIndex(where: { $0.id == marker }) else { throw CTSError.invalid("next is no marker.") }
            found = traces[..<place].reversed().filter(filter.admits)
        }
        let page = found.prefix(filter.limit)
        let hasMore = found.count > page.count
        return ServiceAnswer([
            "meta_data": ["count": .int(page.count), "marker": hasMore ? .optional(page.last?.id) : .null],
            "traces": .array(page.map { .object($0.members) }),
        ])
    }
}
