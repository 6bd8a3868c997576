import JSONRPC
import Testing

@testable import MCP

@Suite struct ProtocolRevisionTests {
    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
    func answersEachLegacyRevisionWithItself(_ requested: String) {
        #expect(ProtocolRevision.negotiated(requested: requested).rawValue == requested)
    }

    @Test(arguments: ["", "1.0", "2024-01-01", "2026-07-28", "2099-01-01"])
    func answersAnythingElseWithTheLatestLegacyRevision(_ requested: String) {
        #expect(ProtocolRevision.negotiated(requested: requested) == .v2025_11_25)
    }

    @Test func ordersByDate() {
        #expect(ProtocolRevision.legacy == ProtocolRevision.legacy.sorted())
        #expect(ProtocolRevision.v2025_11_25 < .v2026_07_28)
        #expect(!ProtocolRevision.v2026_07_28.isLegacy)
    }
}
