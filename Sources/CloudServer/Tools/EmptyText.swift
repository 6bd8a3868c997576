/// What an empty string means in an optional string parameter.
package enum EmptyText: Sendable, Hashable {
    /// Not given (servers.md §2). The schema accepts it beside an enum or a pattern.
    case absent
    /// A value like any other.
    case kept
}
