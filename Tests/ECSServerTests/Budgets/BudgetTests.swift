import BenchmarkKit
import CloudServer
import Foundation
import HuaweiCloud
import JSONRPC
import MCP
import MCPServer
import TestSupport
import Testing

@testable import ECSServer

/// The allocations of the most frequent tool stay within `Benchmarks/budgets.json`.
@Suite(.enabled(if: Benchmark.countsAllocations, "only glibc's allocations can be counted")) struct BudgetTests {
    @Test func allocationsAreWithinTheirBudgets() throws {
        let rows = (0..<20).map { Fixtures.webRow.replacing(Fixtures.web, with: Fixtures.ids(20)[$0]) }
        let answer = CloudResponse(status: 200, body: Array(Fixtures.page(rows, count: 20).utf8))
        let request = ListServersDetailsRequest(name: nil, status: nil, flavorID: nil, ip: nil, tags: nil, limit: 20, offset: 1)
        let page = try request.answer(answer)
        try #require(page.servers.count == 20)
        let benchmarks = [
            Benchmark("read-20-servers") { keep(try request.answer(answer)) },
            Benchmark("project-20-servers") { keep(ListServers.data(page, limit: 20, offset: 1)) },
            Benchmark("project-and-render-20-servers") {
                let envelope = Envelope.success(ListServers.data(page, limit: 20, offset: 1))
                keep(envelope.result().json(.v2025_11_25).bytes())
            },
        ]
        let isUpdate = ProcessInfo.processInfo.environment[BudgetCheck.updateVariable] != nil
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let file = BudgetFile(path: root.appending(path: "Benchmarks/budgets.json").path())
        let problems = try BudgetCheck.problems(benchmarks, suite: "ecs-server", in: file, isUpdate: isUpdate)
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }
}
