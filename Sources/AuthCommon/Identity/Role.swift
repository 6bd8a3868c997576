/// What a caller may do: admin ⊃ operator ⊃ readonly (servers.md §4).
///
/// A caller holds any number of role names. Names are case-sensitive; a name outside these three grants nothing here.
public enum Role: String, Sendable, CaseIterable, Comparable {
    case readonly
    case `operator`
    case admin

    /// By what the role may do: `readonly < operator < admin`.
    public static func < (lhs: Role, rhs: Role) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int {
        switch self {
        case .readonly: 0
        case .operator: 1
        case .admin: 2
        }
    }

    /// Whether one of these role names is sufficient for this role.
    public func isSatisfied(by names: [String]) -> Bool {
        names.contains { name in Role(name).map { $0 >= self } ?? false }
    }

    /// The role of exactly this name; nil for every other text.
    init?(_ name: String) {
        guard let role = Role.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) else { return nil }
        self = role
    }
}

extension Role {
    /// The names and every role that one of them implies.
    package static func effective(of names: [String]) -> Set<String> {
        Set(names).union(allCases.filter { $0.isSatisfied(by: names) }.map(\.rawValue))
    }

    /// Whether one of the held names, expanded by the hierarchy, is among the required ones.
    ///
    /// Other names compare byte by byte. Nothing required: always (gateway.md §8.2).
    package static func anySatisfied(of required: [String], by held: [String]) -> Bool {
        if required.isEmpty { return true }
        return required.contains { name in
            if let role = Role(name) { return role.isSatisfied(by: held) }
            return held.contains { $0.utf8.elementsEqual(name.utf8) }
        }
    }
}
