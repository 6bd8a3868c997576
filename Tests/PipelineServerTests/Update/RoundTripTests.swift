import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// What is written is what was read, but for the selected values: on random trees (pipeline.md §5.2).
@Suite struct RoundTripTests {
    /// A random pipeline, `branch` and `task` where the values to change stand.
    private func detail(_ seed: Int, branch: String, task: String) -> String {
        var random = RandomTree(seed: seed)
        let source = random.object(
            random.members(2) + [
                #""type":"code""#,
                #""params":\#(random.object(random.members(3) + [#""alias":"here""#, #""default_branch":"\#(branch)""#]))"#,
            ]
        )
        var sources = [source]
        for _ in 0..<random.below(3) { sources.append(random.value()) }
        let definition = random.object(
            random.members(2) + [#""stages":[\#(random.object(random.members(2) + [#""pre":[{"task":"\#(task)"}]"#]))]"#]
        )
        var members = [
            #""id":"p""#, #""sources":\#(random.array(sources))"#, #""definition":\#(JSONValue.string(definition).text())"#,
            #""variables":[\#(random.object([#""name":"V""#] + random.members(2)))]"#,
        ]
        for name in WrittenMembers.names where !["sources", "definition", "variables"].contains(name) && random.below(3) > 0 {
            members.append(#""\#(name)":\#(random.value())"#)
        }
        return random.object(members + random.members(3))
    }

    @Test(arguments: 0..<300)
    func onlyTheSelectedValuesOfARandomPipelineDiffer(_ seed: Int) throws {
        let before = pipeline(detail(seed, branch: "old", task: Fixtures.auto))
        let change = try #require(
            PipelineChange(["new_default_branch": "new", "source_alias": "here", "new_pre_task": .string(Fixtures.manual)])
        )
        let plan = try UpdatePlan(change, of: before)
        // The pipeline that somebody would have described with the new values in the first place.
        let wanted = pipeline(detail(seed, branch: "new", task: Fixtures.manual))
        #expect(plan.body.text() == WrittenMembers.of(wanted).text())
        #expect(plan.outcome.holds(in: wanted))
        #expect(!plan.outcome.holds(in: before))
        #expect(Digest.fingerprint(of: before) != Digest.fingerprint(of: wanted))
        #expect(plan.body.keys == WrittenMembers.names.filter { plan.body.contains($0) })
    }

    @Test func numbersKeepTheirTextAndMembersTheirOrder() throws {
        let text =
            #"{"definition":"x","variables":[{"value":1.10,"z":1,"a":-0,"value2":1E5}],"sources":[{"type":"code","params":{"default_branch":"a","n":12345678901234567890}}],"execution_plans":{"b":1,"a":2}}"#
        let plan = try UpdatePlan(try #require(PipelineChange(["new_default_branch": "b"])), of: pipeline(text))
        #expect(
            plan.body.text()
                == #"{"sources":[{"type":"code","params":{"default_branch":"b","n":12345678901234567890}}],"variables":[{"value":1.10,"z":1,"a":-0,"value2":1E5}],"definition":"x","execution_plans":{"b":1,"a":2}}"#
        )
    }

    @Test(arguments: ["update_time", "banned", "component_id"] + WrittenMembers.names.filter { $0 != "confidentiality_code" })
    func theFingerprintCoversEverythingThatWouldBeWrittenAndTheState(_ name: String) {
        let before = pipeline(Fixtures.detail)
        #expect(Digest.fingerprint(of: before) == Digest.fingerprint(of: pipeline(Fixtures.detail)))
        #expect(Digest.fingerprint(of: before) != Digest.fingerprint(of: pipeline(Fixtures.detail([(name, #"{"changed":true}"#)]))))
    }

    @Test(arguments: ["detail_url", "is_collect", "tag_ids", "future_member", "group_name"])
    func theFingerprintIgnoresTheRest(_ name: String) {
        let changed = pipeline(Fixtures.detail([(name, #"{"changed":true}"#)]))
        #expect(Digest.fingerprint(of: pipeline(Fixtures.detail)) == Digest.fingerprint(of: changed))
    }

    @Test func theFingerprintIsASHA256OfTheCompactMembersInOrder() {
        let detail = pipeline(#"{"name":"n","banned":false,"update_time":5,"component_id":null,"extra":1}"#)
        // sha256 of {"update_time":5,"banned":false,"name":"n"}
        #expect(Digest.fingerprint(of: detail) == "a1faed90cd50ed21c9c2d85a67aa10d7780731f77c72298cf49f4282ae4adc1f")
    }
}
