/// A pattern over whole names: `*` any text, `?` any character, `[abc]`, `[a-z]`, `[!a]` or `[^a]` one character.
///
/// Case-sensitive; characters are Unicode scalars. A `[` that is not closed stands for itself, and so does a `]` that comes first in
/// brackets.
///
/// Matching never goes back further than to the last `*`: its time is at most the product of the two lengths, for any pattern.
package struct Glob: Sendable, Hashable {
    /// The pattern as it was written.
    package let pattern: String
    private let tokens: [Token]

    private enum Token: Sendable, Hashable {
        case anyText
        case anyCharacter
        case character(Unicode.Scalar)
        case oneOf([ClosedRange<UInt32>], negated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .anyText: false
            case .anyCharacter: true
            case .character(let own): own == scalar
            case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar.value) } != negated
            }
        }
    }

    /// A pattern.
    ///
    /// Every text is one.
    package init(_ pattern: String) {
        self.pattern = pattern
        var tokens: [Token] = []
        var rest = Array(pattern.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": if tokens.last != .anyText { tokens.append(.anyText) }
            case "?": tokens.append(.anyCharacter)
            case "[": tokens.append(Self.brackets(&rest) ?? .character(scalar))
            default: tokens.append(.character(scalar))
            }
        }
        self.tokens = tokens
    }

    /// Whether the whole name matches.
    package func matches(_ name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        var position = 0
        var token = 0
        var lastStar: (token: Int, position: Int)?
        while position < name.count {
            if token < tokens.count, tokens[token] == .anyText {
                lastStar = (token, position)
                token += 1
            } else if token < tokens.count, tokens[token].matches(name[position]) {
                token += 1
                position += 1
            } else if let star = lastStar {
                lastStar = (star.token, star.position + 1)
                token = star.token + 1
                position = star.position + 1
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .anyText }
    }

    /// What stands between the brackets; nil, with nothing consumed, when they are not closed.
    private static func brackets(_ rest: inout ArraySlice<Unicode.Scalar>) -> Token? {
        var inside = rest
        let negated = inside.first == "!" || inside.first == "^"
        if negated { inside.removeFirst() }
        guard let end = inside.dropFirst().firstIndex(of: "]") else { return nil }
        var ranges: [ClosedRange<UInt32>] = []
        var members = inside[..<end]
        while let first = members.popFirst() {
            if members.count >= 2, members.first == "-" {
                members.removeFirst()
                guard let last = members.popFirst(), first.value <= last.value else { continue }
                ranges.append(first.value...last.value)
            } else {
                ranges.append(first.value...first.value)
            }
        }
        rest = rest[(end + 1)...]
        return .oneOf(ranges, negated: negated)
    }
}
