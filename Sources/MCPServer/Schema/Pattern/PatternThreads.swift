/// The places that a machine has reached at once: those where it waits for a character, each of them only once.
struct PatternThreads {
    /// The instructions that wait for a character.
    private(set) var waiting: [Int] = []

    /// Whether the end of the program was reached.
    private(set) var hasMatched = false

    private var visited: [UInt32]
    private var round: UInt32 = 1
    private var stack: [Int] = []

    init(_ program: PatternProgram) { visited = [UInt32](repeating: 0, count: program.instructions.count) }

    /// Forgets all places.
    mutating func clear() {
        waiting.removeAll(keepingCapacity: true)
        hasMatched = false
        if round == .max {
            for index in visited.indices { visited[index] = 0 }
            round = 0
        }
        round += 1
    }

    /// Follows the program from a place to wherever a character is wanted.
    mutating func start(at place: Int, _ program: PatternProgram, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) {
        stack.append(place)
        while var place = stack.popLast() {
            follow: while visited[place] != round {
                visited[place] = round
                switch program.instructions[place] {
                case .consume:
                    waiting.append(place)
                    break follow
                case .match:
                    hasMatched = true
                    break follow
                case .require(let assertion):
                    guard Self.holds(assertion, previous, next) else { break follow }
                    place += 1
                case .jump(let target): place = target
                case .fork(let first, let second):
                    stack.append(second)
                    place = first
                }
            }
        }
    }

    private static func holds(_ assertion: PatternNode.Assertion, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
        switch assertion {
        case .start: previous == nil
        case .end: next == nil
        case .wordBoundary: isWord(previous) != isWord(next)
        case .noWordBoundary: isWord(previous) == isWord(next)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return ScalarSet.word.contains(scalar)
    }
}
