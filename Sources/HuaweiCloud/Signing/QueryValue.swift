/// The value of a query parameter (huaweicloud-http.md §1.3).
///
/// A parameter whose value is null is left out by the caller.
package enum QueryValue: Sendable, Hashable {
    /// Text, sent as it is.
    case text(String)
    /// An integer, sent in decimal.
    case integer(Int)
    /// A boolean, sent as `true` or `false`.
    case boolean(Bool)
    /// Texts, sorted by code point and repeated under the name; an empty list adds nothing.
    case texts([String])
    /// Integers, sorted by number and repeated under the name; an empty list adds nothing.
    case integers([Int])

    /// The values as text, in the order in which they are sent.
    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .integer(let value): [String(value)]
        case .boolean(let value): [value ? "true" : "false"]
        case .texts(let values): values.sorted { CanonicalQuery.precedes($0, $1) }
        case .integers(let values): values.sorted().map(String.init)
        }
    }
}

extension QueryValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) { self = .text(value) }

    package init(integerLiteral value: Int) { self = .integer(value) }

    package init(booleanLiteral value: Bool) { self = .boolean(value) }
}
