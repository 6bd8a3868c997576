/// Reads a regular expression of ECMA-262 in Unicode mode.
///
/// What cannot be matched in linear time (look-around, back references) is refused.
struct PatternParser {
    private static let deepest = 50
    private static let largestCount = 10_000

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The tree of a regular expression.
    static func parse(_ text: String) throws(PatternError) -> PatternNode {
        var parser = PatternParser(text)
        let tree = try parser.alternatives()
        if parser.position < parser.scalars.count { throw .invalid("there is a ) too many") }
        return tree
    }

    /// The next character, which is not consumed.
    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// Consumes the next character.
    mutating func take() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = next else { throw .invalid("it ends too early") }
        position += 1
        return scalar
    }

    /// Consumes a character if it is the next one.
    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw .tooLarge }
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var items: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" { items.append(try item()) }
        return .sequence(items)
    }

    private mutating func item() throws(PatternError) -> PatternNode {
        let scalar = try take()
        switch scalar {
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case "(": return try quantified(try group())
        case "[": return try quantified(.set(try bracketClass()))
        case ".": return try quantified(.set(.dot))
        case "*", "+", "?", "{": throw .invalid("there is nothing to repeat before \(scalar)")
        case "}", "]": throw .invalid("\(scalar) must be escaped")
        case "\\":
            if skip("b") { return .assertion(.wordBoundary) }
            if skip("B") { return .assertion(.noWordBoundary) }
            return try quantified(.set(try escape(inClass: false)))
        default: return try quantified(.set(ScalarSet(scalar)))
        }
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        if skip("?") {
            switch try take() {
            case ":": break
            case "=", "!": throw .unsupported("look-ahead")
            case "<":
                if next == "=" || next == "!" { throw .unsupported("look-behind") }
                var name = ""
                while !skip(">") { name.unicodeScalars.append(try take()) }
                if name.isEmpty { throw .invalid("a group has an empty name") }
            default: throw .unsupported("a modifier of a group")
            }
        }
        let inner = try alternatives()
        guard skip(")") else { throw .invalid("a ) is missing") }
        return inner
    }

    private mutating func quantified(_ node: PatternNode) throws(PatternError) -> PatternNode {
        let minimum: Int
        let maximum: Int?
        if skip("*") {
            (minimum, maximum) = (0, nil)
        } else if skip("+") {
            (minimum, maximum) = (1, nil)
        } else if skip("?") {
            (minimum, maximum) = (0, 1)
        } else if skip("{") {
            (minimum, maximum) = try bounds()
        } else {
            return node
        }
        // Whether a repetition is lazy does not change whether there is a match.
        _ = skip("?")
        if next == "*" || next == "+" || next == "?" || next == "{" { throw .invalid("there is nothing to repeat") }
        return .repeated(node, minimum: minimum, maximum: maximum)
    }

    private mutating func bounds() throws(PatternError) -> (Int, Int?) {
        guard let minimum = try number() else { throw .invalid("a number is missing after {") }
        if skip("}") { return (minimum, minimum) }
        guard skip(",") else { throw .invalid("a , or } is missing") }
        let maximum = try number()
        guard skip("}") else { throw .invalid("a } is missing") }
        if let maximum, maximum < minimum { throw .invalid("the bounds of a repetition are in the wrong order") }
        return (minimum, maximum)
    }

    private mutating func number() throws(PatternError) -> Int? {
        var value: Int?
        while let scalar = next, let digit = scalar.isASCII ? Character(scalar).wholeNumberValue : nil {
            position += 1
            let extended = (value ?? 0) * 10 + digit
            if extended > Self.largestCount { throw .tooLarge }
            value = extended
        }
        return value
    }
}
