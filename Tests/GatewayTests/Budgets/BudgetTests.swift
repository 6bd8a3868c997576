import BenchmarkKit
import Foundation
import Testing

/// The allocations of the gateway's data path stay within `Benchmarks/budgets.json`.
@Suite(.enabled(if: Benchmark.countsAllocations, "only glibc's allocations can be counted")) struct BudgetTests {
    @Test func allocationsAreWithinTheirBudgets() throws {
        let isUpdate = ProcessInfo.processInfo.environment[BudgetCheck.updateVariable] != nil
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let file = BudgetFile(path: root.appending(path: "Benchmarks/budgets.json").path())
        let problems = try BudgetCheck.problems(DataPathBenchmarks.all(), suite: "gateway", in: file, isUpdate: isUpdate)
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }
}
