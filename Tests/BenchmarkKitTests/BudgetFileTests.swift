import Foundation
import JSONRPC
import Testing

@testable import BenchmarkKit

@Suite struct BudgetFileTests {
    @Test func isCreatedAndUpdated() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = BudgetFile(path: folder.appending(path: "budgets.json").path())
        #expect(throws: (any Error).self) { try file.read() }
        try file.replace(with: [Measurement(name: "a", allocations: 1)], suite: "s", build: .debug)
        try file.replace(with: [Measurement(name: "b", allocations: 2)], suite: "t", build: .debug)
        #expect(try file.read().json.text() == #"{"s":{"debug":{"a":1}},"t":{"debug":{"b":2}}}"#)
    }
}
