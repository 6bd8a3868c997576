/// How a unit test of an executable's own code watches what its operations cost: no other program can link an executable.
package enum BudgetCheck {
    /// The variable that makes the tests write the budgets instead of comparing with them.
    package static let updateVariable = "MCP_UPDATE_BUDGETS"

    /// Measures a suite and compares, or updates the file.
    ///
    /// - Parameter isUpdate: Whether to write what was measured.
    /// - Returns: What is wrong, in sentences; the last one tells what to do about it. Empty when nothing is.
    /// - Throws: When a benchmark fails, or the file cannot be read or written.
    package static func problems(_ benchmarks: [Benchmark], suite: String, in file: BudgetFile, isUpdate: Bool) throws -> [String] {
        let measurements = try benchmarks.map { try $0.measure() }
        if isUpdate { try file.replace(with: measurements, suite: suite) }
        let problems = try file.read().problems(with: measurements, suite: suite, build: .current)
        return problems.isEmpty ? [] : problems + ["if that is as it should be: \(updateVariable)=1 scripts/test.sh --filter Budget"]
    }
}
