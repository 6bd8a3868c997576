/// Something with one deadline that is looked at by a ``TimerWheel``.
protocol TimedNode: AnyObject {
    /// Where the wheel keeps it. Only the wheel touches this.
    var place: TimerPlace { get set }
    /// The tick at which something is due; nil when nothing is. May be moved later at any time without telling the wheel.
    var deadline: UInt64? { get }
}

/// The place of a node in a wheel.
struct TimerPlace: Sendable {
    fileprivate var slot = -1
    fileprivate var index = 0

    /// In no wheel.
    init() {}

    /// Whether the node is in a wheel.
    var isSet: Bool { slot >= 0 }
}

/// A coarse timer for very many nodes: one tick of the event loop's clock looks only at what may be due.
///
/// Moving a deadline to a later tick costs nothing: the node is found at its old place, has time left, and is put on. Only a deadline
/// before that place needs ``schedule(_:)``.
struct TimerWheel<Node: TimedNode> {
    /// The number of ticks since the beginning.
    private(set) var now: UInt64 = 0
    /// The number of nodes in the wheel.
    private(set) var count = 0

    private var slots: [[Node]]

    /// A wheel that looks at a node at least every `slots` ticks.
    init(slots: Int = 512) { self.slots = Array(repeating: [], count: max(slots, 2)) }

    /// Puts the node where it is found in time for its deadline.
    ///
    /// Without a deadline it is taken out.
    mutating func schedule(_ node: Node) {
        guard let deadline = node.deadline else { return remove(node) }
        let ahead = Int(min(max(deadline, now + 1) - now, UInt64(slots.count - 1)))
        let slot = Int((now + UInt64(ahead)) % UInt64(slots.count))
        if node.place.slot == slot { return }
        if node.place.isSet {
            let current = (node.place.slot - Int(now % UInt64(slots.count)) + slots.count) % slots.count
            // It is looked at early enough where it is.
            if current != 0, current <= ahead { return }
            remove(node)
        }
        node.place.slot = slot
        node.place.index = slots[slot].count
        slots[slot].append(node)
        count += 1
    }

    /// Takes the node out.
    mutating func remove(_ node: Node) {
        guard node.place.isSet else { return }
        let slot = node.place.slot
        let index = node.place.index
        if let last = slots[slot].popLast(), last !== node {
            slots[slot][index] = last
            last.place.index = index
        }
        node.place = TimerPlace()
        count -= 1
    }

    /// Goes on by one tick and takes out the nodes whose deadline has come.
    ///
    /// The others stay.
    mutating func advance() -> [Node] {
        now += 1
        let slot = Int(now % UInt64(slots.count))
        guard !slots[slot].isEmpty else { return [] }
        var found: [Node] = []
        swap(&found, &slots[slot])
        count -= found.count
        for node in found { node.place = TimerPlace() }
        var due: [Node] = []
        for node in found {
            guard let deadline = node.deadline else { continue }
            if deadline <= now { due.append(node) } else { schedule(node) }
        }
        return due
    }
}
