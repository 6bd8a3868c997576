extension Limits {
    /// Takes over those of these members that are there; reports what is wrong, and every other member.
    mutating func read(_ known: [Member], from members: inout ManifestMembers, _ problems: inout ManifestReader) {
        for limit in known {
            members.limit(limit.name, &problems, upTo: limit.maximum, isNullable: limit.isNullable) { self[keyPath: limit.value] = $0 }
        }
        members.rejectRest(&problems)
    }
}
