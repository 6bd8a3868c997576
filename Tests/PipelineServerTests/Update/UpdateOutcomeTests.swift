import JSONRPC
import Testing

@testable import PipelineServer

/// The comparison after an update (pipeline.md §5.6), and what the log tells of a definition (§5.7).
@Suite struct UpdateOutcomeTests {
    private let outcome = UpdateOutcome(
        branch: .init(sourceIndex: 0, name: "main"),
        tasks: .init(entries: [0], task: Fixtures.manual)
    )

    private func detail(branch: String = "main", task: String = Fixtures.manual) -> PipelineDetail {
        let definition = JSONValue.string(Fixtures.definition(pre: #"[{"task":"\#(task)"}]"#)).text()
        return pipeline(#"{"sources":[{"params":{"default_branch":"\#(branch)"}}],"definition":\#(definition)}"#)
    }

    @Test func theNewValuesMustBeThere() {
        #expect(outcome.holds(in: detail()))
        #expect(!outcome.holds(in: detail(branch: "master")))
        #expect(!outcome.holds(in: detail(task: Fixtures.auto)))
    }

    @Test func onlyWhatWasAskedForIsCompared() {
        #expect(UpdateOutcome(branch: outcome.branch, tasks: nil).holds(in: detail(task: "x")))
        #expect(UpdateOutcome(branch: nil, tasks: outcome.tasks).holds(in: detail(branch: "x")))
    }

    @Test(arguments: [
        "{}", #"{"sources":[]}"#, #"{"sources":[{"params":{"default_branch":"main"}}]}"#,
        #"{"sources":[{"params":{"default_branch":"main"}}],"definition":"x"}"#,
        #"{"sources":[{"params":{"default_branch":"main"}}],"definition":"{\"stages\":[{\"pre\":[7]}]}"}"#,
    ])
    func aPipelineWithoutThemDoesNotHold(_ text: String) { #expect(!outcome.holds(in: pipeline(text))) }

    @Test func theSummaryNamesStagesAndTasksAndCountsJobs() {
        #expect(
            DefinitionSummary.of(Fixtures.definition).text()
                == #"{"stage_count":2,"stages":[{"name":"Build","pre_tasks":["official_devcloud_autoTrigger","official_devcloud_checkPoint"],"job_count":2},{"name":"Déploy","pre_tasks":["official_devcloud_autoTrigger"],"job_count":0}]}"#
        )
    }

    @Test func theSummaryOfAHugeOrMalformedDefinitionIsBounded() {
        #expect(DefinitionSummary.of("x") == .null)
        #expect(DefinitionSummary.of(#"{"stages":7}"#).text() == #"{"stage_count":0,"stages":[]}"#)
        #expect(
            DefinitionSummary.of(#"{"stages":[7]}"#).text() == #"{"stage_count":1,"stages":[{"name":null,"pre_tasks":[],"job_count":0}]}"#
        )
        let stage =
            #"{"name":"\#(String(repeating: "n", count: 200))","pre":[\#(Array(repeating: "{}", count: 100).joined(separator: ","))]}"#
        let summary = DefinitionSummary.of(#"{"stages":[\#(Array(repeating: stage, count: 100).joined(separator: ","))]}"#)
        #expect(summary["stage_count"] == 100)
        #expect(summary["stages"]?.arrayValue?.count == 32)
        #expect(summary["stages"]?.arrayValue?.first?["pre_tasks"]?.arrayValue?.count == 32)
        #expect(summary["stages"]?.arrayValue?.first?["name"]?.stringValue?.count == 61)
    }
}
