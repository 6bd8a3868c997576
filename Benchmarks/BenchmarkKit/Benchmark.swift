import AllocationCounter

/// An operation whose cost is watched.
package struct Benchmark {
    /// Names the operation in tables and budgets.
    package let name: String
    private let operation: () throws -> Void

    /// How often the operation runs before anything is counted, so that caches and buffers are as they are in the long run.
    private static let warmUp = 32
    /// How many runs are counted.
    private static let counted = 64

    /// An operation; it runs on one thread, and what it makes is handed to ``keep(_:)`` so that the compiler cannot leave it out.
    package init(_ name: String, _ operation: @escaping () throws -> Void) {
        self.name = name
        self.operation = operation
    }

    /// Whether allocations can be counted here; see `AllocationCounter.h`.
    package static var countsAllocations: Bool { allocation_counter_works() }

    /// What the operation costs.
    ///
    /// - Parameter seconds: About how long its time is taken; 0: it is not.
    /// - Throws: What the operation throws.
    package func measure(seconds: Double = 0) throws -> Measurement {
        for _ in 0..<Self.warmUp { try operation() }
        let before = allocations_of_this_thread()
        for _ in 0..<Self.counted { try operation() }
        let allocations = Double(allocations_of_this_thread() - before) / Double(Self.counted)
        return Measurement(name: name, allocations: allocations, nanoseconds: seconds > 0 ? try time(seconds) : nil)
    }

    /// The median over batches of some milliseconds.
    private func time(_ seconds: Double) throws -> Double {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var size = 1
        var batches: [Double] = []
        while clock.now < end || batches.isEmpty {
            let start = clock.now
            for _ in 0..<size { try operation() }
            let took = clock.now - start
            if took < .milliseconds(4), batches.isEmpty { size *= 2 } else { batches.append(took / .nanoseconds(1) / Double(size)) }
        }
        batches.sort()
        return batches[batches.count / 2]
    }
}

/// Uses a value in a way that the compiler cannot see through.
@_optimize(none) package func keep<Value: ~Copyable>(_ value: borrowing Value) {}
