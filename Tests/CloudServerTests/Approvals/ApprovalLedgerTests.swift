import Testing

@testable import CloudServer

@Suite struct ApprovalLedgerTests {
    private var ledger = ApprovalLedger()

    private func id(_ number: UInt64) -> ApprovalID { ApprovalID(high: 0, low: number) }

    private mutating func put(_ approval: Approval, at seconds: Double) -> ApprovalLedger.Put {
        ledger.put(approval, now: .seconds(seconds)).outcome
    }

    private mutating func isLive(_ number: UInt64, at seconds: Double) -> Bool {
        if case .live? = ledger.find(id(number), now: .seconds(seconds)).entry { true } else { false }
    }

    private mutating func isTombstone(_ number: UInt64, at seconds: Double) -> Bool {
        if case .expired? = ledger.find(id(number), now: .seconds(seconds)).entry { true } else { false }
    }

    @Test mutating func isValidForExactly120Seconds() {
        #expect(put(.fixture(1), at: 1_000) == .stored)
        #expect(isLive(1, at: 1_120))
        #expect(!isLive(1, at: 1_120.000_001))
    }

    @Test mutating func canBeTakenAtExactly120SecondsAndNotLater() {
        _ = put(.fixture(1), at: 0)
        _ = put(.fixture(2), at: 0)
        #expect(ledger.take(id(1), now: .seconds(120)).approval != nil)
        #expect(ledger.take(id(2), now: .seconds(120.001)).approval == nil)
    }

    @Test mutating func isTakenOnce() {
        _ = put(.fixture(1), at: 0)
        #expect(ledger.take(id(1), now: .seconds(1)).approval?.id == id(1))
        #expect(ledger.take(id(1), now: .seconds(1)).approval == nil)
    }

    @Test mutating func aUsedApprovalLeavesNoTombstone() {
        _ = put(.fixture(1), at: 0)
        _ = ledger.take(id(1), now: .seconds(1))
        #expect(ledger.find(id(1), now: .seconds(200)).entry == nil)
        #expect(ledger.counts == (0, 0))
    }

    @Test mutating func findingDoesNotConsume() {
        _ = put(.fixture(1), at: 0)
        #expect(isLive(1, at: 1))
        #expect(isLive(1, at: 2))
    }

    @Test mutating func anExpiredApprovalLeavesATombstoneForTenMinutes() {
        _ = put(.fixture(1), at: 0)
        #expect(isTombstone(1, at: 121))
        #expect(isTombstone(1, at: 720))
        #expect(!isTombstone(1, at: 720.001))
        #expect(ledger.counts == (0, 0))
    }

    @Test mutating func aTombstoneCountsFromTheExpiryNotFromTheSweep() {
        _ = put(.fixture(1), at: 0)
        #expect(!isTombstone(1, at: 721))
    }

    @Test mutating func aTombstoneKeepsTheBinding() {
        _ = put(.fixture(1, subject: "ada", tenant: "acme"), at: 0)
        let entry = ledger.find(id(1), now: .seconds(121)).entry
        #expect(entry?.binding == Approval.fixture(1).binding)
    }

    @Test mutating func expiryIsReportedOnceOnPutAndOnFind() {
        _ = put(.fixture(1), at: 0)
        #expect(ledger.put(.fixture(2), now: .seconds(121)).expired.map(\.id) == [id(1)])
        #expect(ledger.put(.fixture(3), now: .seconds(121)).expired.isEmpty)
        #expect(ledger.find(id(9), now: .seconds(300)).expired.count == 2)
        #expect(ledger.find(id(9), now: .seconds(300)).expired.isEmpty)
    }

    @Test mutating func anOwnerHasAtMost32LiveApprovals() {
        for number in 0..<32 { #expect(put(.fixture(UInt64(number)), at: 0) == .stored) }
        #expect(put(.fixture(32), at: 120) == .ownerLimitReached)
        #expect(put(.fixture(33), at: 121) == .stored)
    }

    @Test mutating func theLimitOf32IsPerSubjectAndTenant() {
        for number in 0..<32 { _ = put(.fixture(UInt64(number)), at: 0) }
        #expect(put(.fixture(100, subject: "bob"), at: 0) == .stored)
        #expect(put(.fixture(101, tenant: "other"), at: 0) == .stored)
        #expect(put(.fixture(102), at: 0) == .ownerLimitReached)
    }

    @Test mutating func takingMakesRoomForItsOwner() {
        for number in 0..<32 { _ = put(.fixture(UInt64(number)), at: 0) }
        _ = ledger.take(id(5), now: .seconds(1))
        #expect(put(.fixture(32), at: 1) == .stored)
        #expect(put(.fixture(33), at: 1) == .ownerLimitReached)
    }

    @Test mutating func theProcessHasAtMost4096LiveApprovalsAndEvictsNone() {
        for number in 0..<4_096 {
            #expect(put(.fixture(UInt64(number), subject: "s\(number / 32)"), at: 0) == .stored)
        }
        #expect(put(.fixture(9_999, subject: "new"), at: 1) == .totalLimitReached)
        #expect(isLive(0, at: 1))
        #expect(ledger.counts.live == 4_096)
    }

    @Test mutating func theOldestTombstonesAreDroppedBeyond4096() {
        for number in 0..<4_096 { _ = put(.fixture(UInt64(number), subject: "s\(number / 32)"), at: Double(number) / 100) }
        #expect(ledger.find(id(0), now: .seconds(200)).entry != nil)
        for number in 4_096..<4_099 { _ = put(.fixture(UInt64(number)), at: 200) }
        _ = ledger.find(id(0), now: .seconds(330)).entry
        #expect(ledger.counts == (0, 4_096))
        #expect(!isTombstone(0, at: 330))
        #expect(!isTombstone(2, at: 330))
        #expect(isTombstone(3, at: 330))
        #expect(isTombstone(4_098, at: 330))
    }

    @Test mutating func anIdInUseIsNotOverwritten() {
        _ = put(.fixture(1, subject: "ada"), at: 0)
        #expect(put(.fixture(1, subject: "eve"), at: 1) == .duplicateID)
        #expect(put(.fixture(1, subject: "eve"), at: 121) == .duplicateID)
        #expect(ledger.find(id(1), now: .seconds(121)).entry?.binding.owner.subject == "ada")
    }

    @Test mutating func ownersAreComparedByBytes() {
        for number in 0..<32 { _ = put(.fixture(UInt64(number), subject: "caf\u{E9}"), at: 0) }
        #expect(put(.fixture(100, subject: "cafe\u{301}"), at: 0) == .stored)
        #expect(ApprovalOwner(subject: "caf\u{E9}", tenant: "") != ApprovalOwner(subject: "cafe\u{301}", tenant: ""))
    }

    @Test func subjectAndTenantAreNotRunTogether() {
        #expect(ApprovalOwner(subject: "ab", tenant: "c") != ApprovalOwner(subject: "a", tenant: "bc"))
    }
}
