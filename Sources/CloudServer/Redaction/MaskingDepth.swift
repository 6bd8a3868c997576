import JSONRPC

/// How deep in a tree, and in how many texts inside texts, a value stands.
struct MaskingDepth: Sendable, Hashable {
    /// How many texts that are JSON it stands in.
    private(set) var encodings = 0

    /// How many arrays and objects it stands in, over all of these texts.
    private(set) var nesting = 0

    /// The depth of an element or a member.
    var nested: MaskingDepth { MaskingDepth(encodings: encodings, nesting: nesting + 1) }

    /// The depth of the tree that a text says.
    var encoded: MaskingDepth { MaskingDepth(encodings: encodings + 1, nesting: nesting) }

    /// What the parser may accept of a text at this depth; nil when it is not to be parsed.
    ///
    /// Masking recurses over all texts together, so the bound of one tree is the bound of all.
    var limits: JSONLimits? {
        let limits = JSONLimits()
        let left = JSONLimits.deepest - nesting
        guard encodings < Masking.maximumEncodings, left > 0 else { return nil }
        return JSONLimits(maximumDepth: min(limits.maximumDepth, left), maximumBytes: limits.maximumBytes)
    }
}
