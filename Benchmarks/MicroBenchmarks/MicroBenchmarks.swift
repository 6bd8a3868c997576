import ArgumentParser
import BenchmarkKit
import JSONRPC
import ProcessSupport

/// `micro-benchmarks`: what single operations of the libraries cost.
@main
struct MicroBenchmarks: ParsableCommand {
    /// The suite's name in the budget file.
    static let suite = "micro-benchmarks"

    static let configuration = CommandConfiguration(
        commandName: "micro-benchmarks",
        abstract: "Measures single operations: allocations, exactly, and time.",
        discussion: """
            Allocations are the same on every machine and are compared with checked-in budgets; time is only told. An unoptimised build \
            allocates more, so that debug and release have budgets of their own. After a change that is worth its allocations, or saves some:

              micro-benchmarks --update-budgets Benchmarks/budgets.json

            Exit status: 0 measured and within the budgets; 1 over a budget, a budget missing or stale, or a benchmark failed; 64 wrong usage.
            """
    )

    @Option(help: "Only benchmarks whose name contains this text.")
    var filter: String?

    @Option(help: "About how many seconds to take the time of each; 0: only count. Default: 0.3, and 0 in a debug build.")
    var seconds: Double?

    @Option(name: .customLong("check-budgets"), help: "Compare with the budgets in this file.")
    var checkBudgets: String?

    @Option(name: .customLong("update-budgets"), help: "Write what was measured into this file as the budgets of this kind of build.")
    var updateBudgets: String?

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    @Flag(help: "Print the names and end.")
    var list = false

    func validate() throws {
        if filter != nil, checkBudgets != nil || updateBudgets != nil {
            throw ValidationError("budgets are about all benchmarks: leave out --filter")
        }
        if let seconds, !(0...60).contains(seconds) { throw ValidationError("--seconds must be from 0 to 60") }
    }

    func run() throws {
        let benchmarks = try Subjects.all().filter { benchmark in filter.map { benchmark.name.contains($0) } ?? true }
        if list { return benchmarks.forEach { print($0.name) } }
        guard Benchmark.countsAllocations else { throw Failure("allocations cannot be counted on this platform") }
        let build = BuildKind.current
        let seconds = seconds ?? (build == .release ? 0.3 : 0)
        let measurements = try benchmarks.map { try $0.measure(seconds: seconds) }
        json ? printJSON(measurements, build) : printTable(measurements)
        if let checkBudgets { try check(measurements, build, BudgetFile(path: checkBudgets)) }
        if let updateBudgets { try BudgetFile(path: updateBudgets).replace(with: measurements, suite: Self.suite) }
    }

    private func check(_ measurements: [Measurement], _ build: BuildKind, _ file: BudgetFile) throws {
        let budgets = try file.read()
        for saving in budgets.savings(in: measurements, suite: Self.suite, build: build) { Self.tell(saving) }
        let problems = budgets.problems(with: measurements, suite: Self.suite, build: build)
        guard !problems.isEmpty else { return }
        for problem in problems { Self.tell(problem) }
        throw Failure("if that is as it should be: micro-benchmarks --update-budgets Benchmarks/budgets.json")
    }

    private func printJSON(_ measurements: [Measurement], _ build: BuildKind) {
        let json: JSONObject = ["build": .string(build.rawValue), "benchmarks": .array(measurements.map { .object($0.json) })]
        print(json.text(.pretty(indent: 1)))
    }

    private func printTable(_ measurements: [Measurement]) {
        let figures = measurements.map { [$0.name, $0.allocationText, $0.timeText] }
        let rows = [["benchmark", "allocations", "ns"]] + figures
        let widths = (0..<3).map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
        for row in rows {
            print("\(row[0])\(pad(row[0], widths[0]))  \(pad(row[1], widths[1]))\(row[1])  \(pad(row[2], widths[2]))\(row[2])")
        }
    }

    private func pad(_ text: String, _ width: Int) -> String { String(repeating: " ", count: width - text.utf8.count) }

    private static func tell(_ line: String) { _ = Descriptor.write(Array((line + "\n").utf8), to: 2) }
}
