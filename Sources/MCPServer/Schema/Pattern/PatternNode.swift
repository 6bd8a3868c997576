/// A regular expression as a tree.
indirect enum PatternNode {
    /// A condition about the place between two characters.
    enum Assertion {
        /// `^`
        case start
        /// `$`: the very end; a final line feed is not forgiven.
        case end
        /// `\b`
        case wordBoundary
        /// `\B`
        case noWordBoundary
    }

    case set(ScalarSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repeated(PatternNode, minimum: Int, maximum: Int?)
}
