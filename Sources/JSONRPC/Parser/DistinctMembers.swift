/// The members of an object while it is read.
///
/// Finds a name among few by its fingerprint, among many by hashing, so that reading stays linear whatever a sender chooses.
struct DistinctMembers {
    /// Above so many members names are hashed; also the most that room is made for in advance.
    static let fewest = 64

    private(set) var members: [JSONObject.Member] = []
    private var fingerprints: [UInt64] = []
    private var places: [ExactString: Int] = [:]

    /// Nothing yet, with room for so many members, or for ``fewest`` if that is less.
    init(expected: Int = 0) {
        guard expected > 0 else { return }
        members.reserveCapacity(min(expected, Self.fewest))
        fingerprints.reserveCapacity(min(expected, Self.fewest))
    }

    /// Where the member of that name is, if there is one; the fingerprint is the name's.
    func index(of key: String, _ fingerprint: UInt64) -> Int? {
        if members.count > Self.fewest { return places[ExactString(key)] }
        for index in fingerprints.indices where fingerprints[index] == fingerprint {
            if ExactString.same(members[index].key, key) { return index }
        }
        return nil
    }

    /// Adds a member whose name there is not yet; the fingerprint is the name's.
    mutating func append(_ key: String, _ fingerprint: UInt64, _ value: JSONValue) {
        members.append(JSONObject.Member(key: key, value: value))
        if members.count > Self.fewest + 1 {
            places[ExactString(key)] = members.count - 1
        } else if members.count == Self.fewest + 1 {
            for (index, member) in members.enumerated() { places[ExactString(member.key)] = index }
        } else {
            fingerprints.append(fingerprint)
        }
    }

    /// Changes the value of a member.
    mutating func replace(at index: Int, _ value: JSONValue) { members[index].value = value }
}
