/// How a value is laid out.
public enum JSONStyle: Sendable, Hashable {
    /// No white space: `{"a":[1,2]}`.
    case compact

    /// A space behind each comma and colon: `{"a": [1, 2]}`.
    case spaced

    /// A line for each element, indented by so many spaces a level; empty arrays and objects stay on their line.
    case pretty(indent: Int)
}
