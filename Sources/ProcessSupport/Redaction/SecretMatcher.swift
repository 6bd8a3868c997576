/// Finds any of many texts in one pass (Aho and Corasick, 1975): linear in the text whatever the texts and however many they are.
struct SecretMatcher: Sendable {
    /// The states of the automaton.
    ///
    /// Almost every state has one successor, so that a list per state is small and quick.
    private var firstChild: [Int32] = [0]
    private var sibling: [Int32] = [0]
    private var byte: [UInt8] = [0]
    private var failure: [Int32] = [0]
    /// The length of the longest text that ends in the state, 0 for none.
    private var matched: [Int32] = [0]
    /// The successors of the start by byte; 0 is the start itself.
    private var root = [Int32](repeating: 0, count: 256)
    /// The length of the shortest text.
    private(set) var shortest = Int.max

    /// A matcher for these texts, none of which is empty.
    init(patterns: [[UInt8]]) {
        for pattern in patterns { insert(pattern) }
        link()
    }

    var isEmpty: Bool { byte.count == 1 }

    /// Reports, for every place where a text ends, the range of the longest one that ends there.
    func find(in bytes: [UInt8], report: (Range<Int>) -> Void) {
        var state: Int32 = 0
        for index in bytes.indices {
            state = next(state, bytes[index])
            if state != 0 {
                let length = Int(matched[Int(state)])
                if length > 0 { report(index + 1 - length..<index + 1) }
            }
        }
    }

    private func next(_ start: Int32, _ byte: UInt8) -> Int32 {
        var state = start
        while state != 0 {
            if let child = child(state, byte) { return child }
            state = failure[Int(state)]
        }
        return root[Int(byte)]
    }

    private func child(_ state: Int32, _ byte: UInt8) -> Int32? {
        var child = firstChild[Int(state)]
        while child != 0 {
            if self.byte[Int(child)] == byte { return child }
            child = sibling[Int(child)]
        }
        return nil
    }

    private mutating func insert(_ pattern: [UInt8]) {
        shortest = min(shortest, pattern.count)
        var state: Int32 = 0
        for byte in pattern {
            if let child = child(state, byte) {
                state = child
                continue
            }
            let new = Int32(self.byte.count)
            self.byte.append(byte)
            sibling.append(firstChild[Int(state)])
            firstChild[Int(state)] = new
            firstChild.append(0)
            failure.append(0)
            matched.append(0)
            if state == 0 { root[Int(byte)] = new }
            state = new
        }
        matched[Int(state)] = Int32(pattern.count)
    }

    /// Breadth first, so that the failure of a state, which is shorter, is known before the state.
    private mutating func link() {
        var queue: [Int32] = []
        queue.reserveCapacity(byte.count)
        var child = firstChild[0]
        while child != 0 {
            queue.append(child)
            child = sibling[Int(child)]
        }
        var position = 0
        while position < queue.count {
            let state = queue[position]
            position += 1
            matched[Int(state)] = max(matched[Int(state)], matched[Int(failure[Int(state)])])
            var child = firstChild[Int(state)]
            while child != 0 {
                failure[Int(child)] = next(failure[Int(state)], byte[Int(child)])
                queue.append(child)
                child = sibling[Int(child)]
            }
        }
    }
}
