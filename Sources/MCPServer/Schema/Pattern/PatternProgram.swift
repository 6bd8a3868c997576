/// A regular expression as instructions of a machine that follows all its ways at once (Thompson's construction).
struct PatternProgram: Sendable {
    /// One instruction.
    ///
    /// Unless said otherwise, the next one follows.
    enum Instruction: Sendable {
        /// Consumes a character of a set.
        case consume(ScalarSet)
        /// Goes on only if the assertion holds here.
        case require(PatternNode.Assertion)
        /// Goes on at two places.
        case fork(Int, Int)
        /// Goes on elsewhere.
        case jump(Int)
        case match
    }

    private static let longest = 10_000

    private(set) var instructions: [Instruction] = []
    private var steps = 0

    /// Whether a match can begin only at the start.
    let isAnchored: Bool

    /// Compiles a tree.
    ///
    /// - Throws: ``PatternError/tooLarge``.
    init(_ tree: PatternNode) throws(PatternError) {
        isAnchored = Self.isAnchored(tree)
        try emit(tree)
        instructions.append(.match)
    }

    private static func isAnchored(_ tree: PatternNode) -> Bool {
        switch tree {
        case .assertion(.start): true
        case .sequence(let items): items.first.map(isAnchored) ?? false
        case .alternatives(let branches): branches.allSatisfy(isAnchored)
        case .repeated(let inner, let minimum, _): minimum > 0 && isAnchored(inner)
        case .assertion, .set: false
        }
    }

    private mutating func emit(_ tree: PatternNode) throws(PatternError) {
        // Empty parts make no instructions, but repeating them takes time, too.
        steps += 1
        if instructions.count > Self.longest || steps > 10 * Self.longest { throw .tooLarge }
        switch tree {
        case .set(let set): instructions.append(.consume(set))
        case .assertion(let assertion): instructions.append(.require(assertion))
        case .sequence(let items): for item in items { try emit(item) }
        case .alternatives(let branches): try emit(branches)
        case .repeated(let inner, let minimum, let maximum):
            for _ in 0..<minimum { try emit(inner) }
            if let maximum { try emitOptional(inner, maximum - minimum) } else { try emitLoop(inner) }
        }
    }

    private mutating func emit(_ branches: [PatternNode]) throws(PatternError) {
        var jumps: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try emit(branch)
                break
            }
            let fork = instructions.count
            instructions.append(.match)
            try emit(branch)
            jumps.append(instructions.count)
            instructions.append(.match)
            instructions[fork] = .fork(fork + 1, instructions.count)
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func emitLoop(_ inner: PatternNode) throws(PatternError) {
        let fork = instructions.count
        instructions.append(.match)
        try emit(inner)
        instructions.append(.jump(fork))
        instructions[fork] = .fork(fork + 1, instructions.count)
    }

    private mutating func emitOptional(_ inner: PatternNode, _ count: Int) throws(PatternError) {
        var forks: [Int] = []
        for _ in 0..<count {
            forks.append(instructions.count)
            instructions.append(.match)
            try emit(inner)
        }
        for fork in forks { instructions[fork] = .fork(fork + 1, instructions.count) }
    }
}
