package import JSONRPC

/// The members that a caller wants to see of each row of a list.
package struct FieldSelection: Sendable {
    /// The parameter's name.
    package static let name = "fields"

    /// All members.
    package static let all = FieldSelection(names: nil)

    private let names: [String]?

    private init(names: [String]?) { self.names = names }

    /// The parameter for rows that have these members.
    package static func parameter(_ names: [String]) -> Property {
        .array(
            name,
            "Only these members of each row.",
            items: .string(enum: names),
            nullable: true,
            minItems: 1,
            maxItems: names.count
        )
    }

    /// What a call selects; without the argument all members.
    package init(_ arguments: Arguments) { names = arguments.optionalStrings(Self.name) }

    /// The row with the selected members only, in the row's order.
    package func row(_ row: JSONObject) -> JSONObject {
        guard let names else { return row }
        return JSONObject(distinct: row.members.filter { member in names.contains { ExactString.same($0, member.key) } })
    }
}
