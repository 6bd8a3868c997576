import Testing

@testable import Gateway

@Suite struct HeapWatchTests {
    private func trims(_ counts: [Int]) -> [Int] {
        var watch = HeapWatch()
        var result: [Int] = []
        for (look, count) in counts.enumerated() {
            for _ in 0..<20 where watch.shouldTrim(connections: count) { result.append(look) }
        }
        return result
    }

    @Test func trimsOnceAfterMostConnectionsHaveEnded() {
        #expect(trims([10, 5_000, 5_000, 2_600, 2_000, 2_000, 2_000, 100, 100]) == [4, 7])
    }

    @Test func aFewConnectionsAreNotWorthIt() {
        #expect(trims([500, 0, 500, 0]) == [])
    }
}
