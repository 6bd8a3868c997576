/// A failure that a test asked for.
struct Fault: Sendable, Hashable {
    /// What happens to a request that it hits.
    enum Outcome: Sendable, Hashable {
        /// The request is served as usual; only the delay remains.
        case passThrough
        /// The connection is closed without an answer.
        case drop
        /// This answer is sent.
        case reply(APIReply)
    }

    /// nil matches every method.
    var method: String?
    /// The beginning of the path as sent, without the query; nil matches every path.
    var pathPrefix: String?
    /// How many requests it still hits.
    var remaining: Int
    var outcome: Outcome
    var delayMilliseconds: Int64
    /// Whether the request takes effect all the same, so that only the answer is lost or replaced.
    var executes: Bool

    /// Whether it hits a request.
    func matches(_ request: APIRequest) -> Bool {
        if let method, !method.utf8.elementsEqual(request.method.utf8) { return false }
        if let pathPrefix, !request.path.utf8.starts(with: pathPrefix.utf8) { return false }
        return true
    }
}

/// The faults that were asked for, in the order in which they were.
struct FaultTable: Sendable, Hashable {
    private(set) var faults: [Fault] = []

    /// Most faults that can be pending at once.
    static let capacity = 1_000

    /// Adds a fault behind the others.
    ///
    /// Returns false when there are too many.
    mutating func add(_ fault: Fault) -> Bool {
        guard faults.count < Self.capacity else { return false }
        faults.append(fault)
        return true
    }

    /// Removes every fault.
    mutating func clear() { faults = [] }

    /// The first fault that hits a request; it is used up by one.
    mutating func next(for request: APIRequest) -> Fault? {
        guard let index = faults.firstIndex(where: { $0.matches(request) }) else { return nil }
        faults[index].remaining -= 1
        let fault = faults[index]
        if fault.remaining <= 0 { faults.remove(at: index) }
        return fault
    }
}
