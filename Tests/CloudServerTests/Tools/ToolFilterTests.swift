import ProcessSupport
import Testing

@testable import CloudServer

@Suite struct ToolFilterTests {
    private func filter(_ include: [String], _ exclude: [String]) -> ToolFilter {
        ToolFilter(include: include.map { Glob($0) }, exclude: exclude.map { Glob($0) })
    }

    @Test func withoutPatternsEverythingIsKept() {
        #expect(filter([], []).verdict("ecs_list") == .kept)
    }

    @Test func onlyMatchesOfIncludeStay() {
        #expect(filter(["*_list", "x"], []).verdict("fake_list") == .kept)
        #expect(filter(["*_list"], []).verdict("fake_delete").reason == "not matched by include")
    }

    @Test func excludeComesAfterInclude() {
        let filter = filter(["fake_*"], ["*_de*", "fake_*"])
        #expect(filter.verdict("fake_delete").reason == "excluded by '*_de*'")
        #expect(filter.verdict("other").reason == "not matched by include")
    }

    @Test func patternsAreCaseSensitive() {
        #expect(filter([], ["FAKE_*"]).verdict("fake_list") == .kept)
    }

    @Test func aPatternThatMatchesNothingIsWarnedAbout() {
        let tools = [FakeTools.list(), FakeTools.power()]
        let warnings = filter(["fake_*", "nope"], ["never?"]).warnings(tools, confirmTool: "fake_confirm_destructive")
        #expect(warnings.contains("MCP_INCLUDE_TOOLS: 'nope' matches no tool"))
        #expect(warnings.contains("MCP_EXCLUDE_TOOLS: 'never?' matches no tool"))
    }

    @Test func keepingATwoPhaseToolWithoutTheConfirmToolIsWarnedAbout() throws {
        let bench = ToolBench()
        let tools = [FakeTools.list(), FakeTools.delete()]
        func warnings(_ exclude: [String]) -> [String] {
            Toolbox(tools, confirmation: Confirmation(), filter: filter([], exclude), approvals: bench.environment.approvals).warnings
        }
        #expect(warnings(["*_confirm_*"]).count == 1)
        #expect(warnings(["*_confirm_*"]).first?.contains("fake_delete") == true)
        #expect(warnings(["*_confirm_*", "fake_delete"]).isEmpty)
        #expect(warnings([]).isEmpty)
    }

    @Test func theConfirmToolExistsOnlyBesideTwoPhaseTools() {
        let approvals = ToolBench().environment.approvals
        let without = Toolbox([FakeTools.list()], confirmation: Confirmation(), filter: ToolFilter(), approvals: approvals)
        #expect(without.all.map(\.name) == ["fake_list"])
        let with = Toolbox(
            [FakeTools.delete(), FakeTools.list()],
            confirmation: Confirmation(),
            filter: ToolFilter(),
            approvals: approvals
        )
        #expect(with.all.map(\.name) == ["fake_delete", "fake_list", "fake_confirm_destructive"])
    }
}
