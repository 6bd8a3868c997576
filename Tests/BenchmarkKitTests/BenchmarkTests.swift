import Testing

@testable import BenchmarkKit

/// Allocations are counted exactly, whatever other threads do meanwhile.
@Suite(.enabled(if: Benchmark.countsAllocations, "only glibc's allocations can be counted")) struct BenchmarkTests {
    private final class Box {
        let value: Int
        init(_ value: Int) { self.value = value }
    }

    @Test("an object costs one allocation", arguments: [0, 1, 7])
    func objects(_ count: Int) throws {
        let benchmark = Benchmark("objects") { for value in 0..<count { keep(Box(value)) } }
        #expect(try benchmark.measure().allocations == Double(count))
    }

    @Test func arraysAndTheirGrowthCount() throws {
        let one = Benchmark("array") { keep([UInt8](repeating: 1, count: 100)) }
        #expect(try one.measure().allocations == 1)
        let growing = Benchmark("growth") {
            var bytes: [UInt8] = []
            for value in 0..<200 { bytes.append(UInt8(value)) }
            keep(bytes)
        }
        #expect(try growing.measure().allocations > 1)
    }

    @Test func otherThreadsDoNotDisturb() async throws {
        try await withThrowingTaskGroup(of: Double.self) { group in
            for count in 1...4 {
                group.addTask { try Benchmark("objects") { for value in 0..<count * 100 { keep(Box(value)) } }.measure().allocations }
            }
            let figures = try await group.reduce(into: []) { $0.append($1) }
            #expect(figures.sorted() == [100, 200, 300, 400])
        }
    }

    @Test func timeIsTakenOnlyOnDemand() throws {
        let benchmark = Benchmark("object") { keep(Box(1)) }
        #expect(try benchmark.measure().nanoseconds == nil)
        #expect(try (benchmark.measure(seconds: 0.01).nanoseconds ?? 0) > 0)
    }

    @Test func errorsComeThrough() {
        struct Broken: Error {}
        #expect(throws: Broken.self) { try Benchmark("broken") { throw Broken() }.measure() }
    }
}
