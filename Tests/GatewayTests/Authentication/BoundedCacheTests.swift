import Testing

@testable import Gateway

@Suite struct BoundedCacheTests {
    @Test("never holds more than its capacity") func bounded() {
        var cache = BoundedCache<Int, Int>(capacity: 100)
        for number in 0..<10_000 {
            cache.insert(number, for: number)
            #expect(cache.count <= 100)
        }
        #expect(cache.value(for: 9_999) == 9_999)
        #expect(cache.value(for: 0) == nil)
    }

    @Test("what is used survives") func survives() {
        var cache = BoundedCache<Int, Int>(capacity: 100)
        cache.insert(7, for: -1)
        for number in 0..<10_000 {
            cache.insert(number, for: number)
            #expect(cache.value(for: -1) == 7)
        }
    }

    @Test("replaces and forgets") func replaces() {
        var cache = BoundedCache<Int, Int>(capacity: 4)
        cache.insert(1, for: 1)
        for number in 2..<5 { cache.insert(number, for: number) }
        cache.insert(9, for: 1)
        #expect(cache.value(for: 1) == 9)
        cache.remove(1)
        #expect(cache.value(for: 1) == nil)
        cache.removeAll()
        #expect(cache.count == 0)
    }
}
