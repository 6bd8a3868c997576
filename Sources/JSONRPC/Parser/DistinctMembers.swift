/// The members of an object while it is read.
///
/// Finds a name among few by its fingerprint, among many by hashing, so that reading stays linear whatever a sender chooses.
struct DistinctMembers {
    private static let fewest = 64

    private(set) var members: [JSONObject.Member] = []
    private var fingerprints: [UInt64] = []
    private var places: [ExactString: Int] = [:]

    /// Where the member of that name is, if there is one.
    func index(of key: String) -> Int? {
        if members.count > Self.fewest { return places[ExactString(key)] }
        let fingerprint = ExactString.fingerprint(key)
        for index in fingerprints.indices where fingerprints[index] == fingerprint {
            if ExactString.same(members[index].key, key) { return index }
        }
        return nil
    }

    /// Adds a member whose name there is not yet.
    mutating func append(_ key: String, _ value: JSONValue) {
        members.append(JSONObject.Member(key: key, value: value))
        if members.count > Self.fewest + 1 {
            places[ExactString(key)] = members.count - 1
        } else if members.count == Self.fewest + 1 {
            for (index, member) in members.enumerated() { places[ExactString(member.key)] = index }
        } else {
            fingerprints.append(ExactString.fingerprint(key))
        }
    }

    /// Changes the value of a member.
    mutating func replace(at index: Int, _ value: JSONValue) { members[index].value = value }
}
