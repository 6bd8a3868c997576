/// A regular expression as JSON Schema uses it: ECMA-262 in Unicode mode, searched for anywhere in the text.
///
/// The time of a match grows linearly with the text, whatever the expression. `$` matches at the very end only.
struct SchemaPattern: Sendable {
    /// The expression.
    let text: String
    private let program: PatternProgram

    /// Compiles an expression.
    init(_ text: String) throws(PatternError) {
        self.text = text
        program = try PatternProgram(PatternParser.parse(text))
    }

    /// Whether the expression occurs in a text.
    func matches(_ text: String) -> Bool {
        var current = PatternThreads(program)
        var following = PatternThreads(program)
        var scalars = text.unicodeScalars.makeIterator()
        var previous: Unicode.Scalar?
        var scalar = scalars.next()
        while true {
            if !program.isAnchored || previous == nil { current.start(at: 0, program, previous, scalar) }
            if current.hasMatched { return true }
            guard let character = scalar, !current.waiting.isEmpty || !program.isAnchored else { return false }
            scalar = scalars.next()
            following.clear()
            for place in current.waiting {
                guard case .consume(let set) = program.instructions[place], set.contains(character) else { continue }
                following.start(at: place + 1, program, character, scalar)
            }
            previous = character
            swap(&current, &following)
        }
    }
}
