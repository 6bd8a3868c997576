/// The members of an object while it is read.
///
/// Finds a name among few by comparing, among many by hashing, so that reading stays linear.
struct DistinctMembers {
    private static let fewest = 16

    private(set) var members: [JSONObject.Member] = []
    private var places: [ExactString: Int] = [:]

    /// Where the member of that name is, if there is one.
    func index(of key: String) -> Int? {
        if members.count > Self.fewest { return places[ExactString(key)] }
        for index in members.indices where ExactString.same(members[index].key, key) { return index }
        return nil
    }

    /// Adds a member whose name there is not yet.
    mutating func append(_ key: String, _ value: JSONValue) {
        members.append(JSONObject.Member(key: key, value: value))
        if members.count > Self.fewest + 1 {
            places[ExactString(key)] = members.count - 1
        } else if members.count == Self.fewest + 1 {
            for (index, member) in members.enumerated() { places[ExactString(member.key)] = index }
        }
    }

    /// Changes the value of a member.
    mutating func replace(at index: Int, _ value: JSONValue) { members[index].value = value }
}
