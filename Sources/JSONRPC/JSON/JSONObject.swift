/// The members of a JSON object in their order.
///
/// Names are unique and compared by their UTF-8 bytes, never by canonical equivalence.
public struct JSONObject: Sendable {
    /// One member.
    public struct Member: Sendable {
        /// The name.
        public var key: String
        /// The value.
        public var value: JSONValue

        /// A member.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The members in their order.
    public private(set) var members: [Member]

    /// The compact text of the members, kept where it is written often; nil otherwise, and after every change.
    private(set) var encoded: [UInt8]?

    /// An empty object.
    public init() { members = [] }

    /// An object of these members, whose names the caller knows to be distinct.
    package init(distinct members: [Member]) { self.members = members }

    /// An object of these members; of a repeated name the last value counts, at the place of the first.
    ///
    /// O(members).
    public init(members: some Sequence<Member>) {
        var distinct = DistinctMembers()
        for member in members {
            let fingerprint = ExactString.fingerprint(member.key)
            if let index = distinct.index(of: member.key, fingerprint) {
                distinct.replace(at: index, member.value)
            } else {
                distinct.append(member.key, fingerprint, member.value)
            }
        }
        self.members = distinct.members
    }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there are none.
    public var isEmpty: Bool { members.isEmpty }

    /// The names in their order.
    public var keys: [String] { members.map(\.key) }

    /// The value of a member.
    ///
    /// Setting replaces it at its place or appends; setting nil removes it. O(members).
    public subscript(_ key: String) -> JSONValue? {
        get {
            for member in members where ExactString.same(member.key, key) { return member.value }
            return nil
        }
        set {
            encoded = nil
            guard let newValue else {
                members.removeAll { ExactString.same($0.key, key) }
                return
            }
            if let index = members.firstIndex(where: { ExactString.same($0.key, key) }) {
                members[index].value = newValue
            } else {
                members.append(Member(key: key, value: newValue))
            }
        }
    }

    /// Whether there is a member of that name, `null` included.
    public func contains(_ key: String) -> Bool { members.contains { ExactString.same($0.key, key) } }

    /// The same object with its compact text beside it, which a writer then copies.
    ///
    /// For objects that are written many times and never change; whatever changes the copy forgets the text.
    package func prepared() -> JSONObject {
        var copy = self
        copy.encoded = bytes(.compact)
        return copy
    }

    /// Makes room for so many members.
    public mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    /// Sets the member unless the value is nil; the object is otherwise unchanged.
    public mutating func set(_ key: String, _ value: JSONValue?) {
        if let value { self[key] = value }
    }
}

extension JSONObject: Sequence {
    /// The members in their order.
    public func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONObject: Hashable {
    /// Equal members; their order does not matter (RFC 8259 §4).
    ///
    /// Linear, whatever the order.
    public static func == (lhs: JSONObject, rhs: JSONObject) -> Bool {
        guard lhs.count == rhs.count else { return false }
        var start = 0
        while start < lhs.count, ExactString.same(lhs.members[start].key, rhs.members[start].key) {
            if lhs.members[start].value != rhs.members[start].value { return false }
            start += 1
        }
        if start == lhs.count { return true }
        var places: [ExactString: Int] = [:]
        for index in start..<rhs.count { places[ExactString(rhs.members[index].key)] = index }
        return lhs.members[start...].allSatisfy { member in
            places[ExactString(member.key)].map { rhs.members[$0].value == member.value } ?? false
        }
    }

    /// Feeds the value to a hasher, consistently with equality.
    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members { sum &+= member.hashValue }
        hasher.combine(sum)
    }
}

extension JSONObject.Member: Hashable {
    /// Equal values.
    public static func == (lhs: Self, rhs: Self) -> Bool { ExactString.same(lhs.key, rhs.key) && lhs.value == rhs.value }

    /// Feeds the value to a hasher, consistently with equality.
    public func hash(into hasher: inout Hasher) {
        ExactString.hash(key, into: &hasher)
        hasher.combine(value)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Members in the order of the literal; of a repeated name the last value counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (key, value) in elements { self[key] = value }
    }
}
