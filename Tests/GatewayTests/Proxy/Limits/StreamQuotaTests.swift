import AuthCommon
import Testing

@testable import Gateway

@Suite struct StreamQuotaTests {
    private let alice = CallerKey(Identity(subject: "alice", roles: [], tenant: "acme"))

    @Test func refusesNewcomersOnly() {
        let quota = StreamQuota()
        #expect(quota.open(alice, limit: 2))
        #expect(quota.open(alice, limit: 2))
        #expect(!quota.open(alice, limit: 2))
        #expect(quota.count(alice) == 2)
        quota.close(alice)
        #expect(quota.open(alice, limit: 2))
    }

    @Test func countsPerSubjectAndTenant() {
        let quota = StreamQuota()
        let other = CallerKey(Identity(subject: "alice", roles: [], tenant: "other"))
        #expect(quota.open(alice, limit: 1))
        #expect(quota.open(other, limit: 1))
    }

    @Test func forgetsWhoHasNone() {
        let quota = StreamQuota()
        #expect(quota.open(alice, limit: nil))
        quota.close(alice)
        quota.close(alice)
        #expect(quota.count(alice) == 0)
    }
}
