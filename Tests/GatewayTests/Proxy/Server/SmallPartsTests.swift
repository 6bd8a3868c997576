import Testing

@testable import Gateway

@Suite struct SmallPartsTests {
    @Test func requestIDsAreVisibleAndDifferent() {
        var ids = RequestIDs()
        let made = (0..<1_000).map { _ in ids.next() }
        #expect(Set(made).count == 1_000)
        #expect(made.allSatisfy { $0.utf8.count == 24 && $0.utf8.allSatisfy { HTTPByte.hexadecimalValue($0) != nil } })
        var others = RequestIDs()
        #expect(others.next() != made[0])
    }

    @Test func processorsAreCountedFromTheMask() {
        #expect(Processors.count(inStatus: Array("Name:\tx\nCpus_allowed:\tff,00000003\nCpus_allowed_list:\t0-1\n".utf8)) == 10)
        #expect(Processors.count(inStatus: Array("Name:\tx\n".utf8)) == nil)
        #expect(Processors.available >= 1)
    }

    @Test func connectionsAreCountedUpToTheLimit() throws {
        let count = ConnectionCount()
        try count.open(limit: 2)
        try count.open(limit: 2)
        #expect(throws: ConnectionCount.LimitReached.self) { try count.open(limit: 2) }
        #expect(count.count == 2)
        count.close()
        try count.open(limit: 2)
        try count.open(limit: nil)
        #expect(count.count == 3)
    }
}
