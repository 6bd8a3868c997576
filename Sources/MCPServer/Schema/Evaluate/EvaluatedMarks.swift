/// Which members and items of one value were evaluated, for `unevaluatedProperties` and `unevaluatedItems`.
struct EvaluatedMarks {
    private var allMembers = false
    private var members: [Bool] = []
    private var allItems = false
    private var items: [Bool] = []

    mutating func member(_ index: Int) { Self.set(index, in: &members) }

    mutating func everyMember() { allMembers = true }

    mutating func item(_ index: Int) { Self.set(index, in: &items) }

    mutating func everyItem() { allItems = true }

    func hasMember(_ index: Int) -> Bool { allMembers || (index < members.count && members[index]) }

    func hasItem(_ index: Int) -> Bool { allItems || (index < items.count && items[index]) }

    /// Adds what another schema has evaluated of the same value.
    mutating func merge(_ other: EvaluatedMarks) {
        allMembers = allMembers || other.allMembers
        allItems = allItems || other.allItems
        for (index, isSet) in other.members.enumerated() where isSet { member(index) }
        for (index, isSet) in other.items.enumerated() where isSet { item(index) }
    }

    private static func set(_ index: Int, in list: inout [Bool]) {
        if index >= list.count { list.append(contentsOf: repeatElement(false, count: index + 1 - list.count)) }
        list[index] = true
    }
}
