import JSONRPC
import Testing

@testable import BenchmarkKit

/// The comparison can fail, in every way that it is there for.
@Suite struct BudgetsTests {
    private let budgets: Budgets

    init() throws { budgets = try Budgets(Array(#"{"s":{"debug":{"sign":40,"parse":2},"release":{"sign":10}}}"#.utf8)) }

    private func problems(_ figures: [(String, Double)], _ build: BuildKind = .debug) -> [String] {
        budgets.problems(with: figures.map { Measurement(name: $0.0, allocations: $0.1) }, suite: "s", build: build)
    }

    @Test func figuresWithinTheirBudgetsPass() {
        #expect(problems([("sign", 40), ("parse", 2)]).isEmpty)
        #expect(problems([("sign", 1), ("parse", 0)]).isEmpty)
    }

    @Test("a tolerance of 5 %, at least half an allocation", arguments: [("sign", 42.0, 42.01), ("parse", 2.5, 2.51)])
    func tolerance(_ name: String, _ right: Double, _ wrong: Double) {
        let others = ["sign", "parse"].filter { $0 != name }.map { ($0, 0.0) }
        #expect(problems(others + [(name, right)]).isEmpty)
        #expect(problems(others + [(name, wrong)]).count == 1)
    }

    @Test func aFigureOverItsBudgetIsNamedWithBoth() {
        #expect(
            problems([("sign", 55.25), ("parse", 2)])
                == ["sign: 55.25 allocations per operation are more than its budget of 40 (42 with tolerance)"]
        )
    }

    @Test func aBenchmarkWithoutABudgetFails() {
        #expect(problems([("sign", 40), ("parse", 2), ("new", 7)]) == ["new: no budget in s.debug; it costs 7"])
        #expect(problems([("sign", 10), ("parse", 2)], .release) == ["parse: no budget in s.release; it costs 2"])
    }

    @Test func aBudgetWithoutABenchmarkFails() {
        #expect(problems([("sign", 40)]) == ["parse: a budget in s.debug without a benchmark"])
    }

    @Test func savingsAreTold() {
        let figures = [Measurement(name: "sign", allocations: 30), Measurement(name: "parse", allocations: 1.6)]
        #expect(
            budgets.savings(in: figures, suite: "s", build: .debug) == ["sign: 30 allocations per operation; lower its budget of 40"]
        )
    }

    @Test func newFiguresReplaceThoseOfTheirSuiteAndBuildOnly() throws {
        var changed = budgets
        changed.replace(with: [Measurement(name: "a", allocations: 1.5)], suite: "s", build: .debug)
        changed.replace(with: [Measurement(name: "b", allocations: 3)], suite: "t", build: .release)
        #expect(changed.json.text() == #"{"s":{"debug":{"a":1.5},"release":{"sign":10}},"t":{"release":{"b":3}}}"#)
        #expect(try Budgets(changed.bytes).json == changed.json)
    }

    @Test(
        "malformed files are refused",
        arguments: [
            "", "[]", #"{"s":1}"#, #"{"s":{"other":{}}}"#, #"{"s":{"debug":[]}}"#, #"{"s":{"debug":{"a":"1"}}}"#,
            #"{"s":{"debug":{"a":-1}}}"#,
            #"{"s":{"debug":{"a":1,"a":2}}}"#,
        ]
    )
    func malformed(_ text: String) { #expect(throws: Budgets.Malformed.self) { try Budgets(Array(text.utf8)) } }
}
