import CloudServer
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// Which entries of `stages[0].pre` a change is about, and how the text changes (pipeline.md §5.4).
@Suite struct PreTaskTests {
    private func selected(_ definition: String, sequence: String? = nil) -> String {
        do {
            let change = PreTaskChange(task: Fixtures.manual, sequence: sequence.flatMap { json($0).numberValue })
            return try change.entries(of: PipelineDefinition(definition)).map { String($0.index) }.joined(separator: ",")
        } catch let error as ToolError {
            return error.code
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        "{}", #"{"stages":null}"#, #"{"stages":[]}"#, #"{"stages":{"pre":[]}}"#, #"{"stages":[1]}"#, #"{"stages":[null]}"#,
        #"{"stages":[{}]}"#, #"{"stages":[{"pre":[]}]}"#, #"{"stages":[{"pre":null}]}"#, #"{"stages":[{"pre":{"task":"x"}}]}"#,
        #"{"stages":[{},{"pre":[{"task":"official_devcloud_autoTrigger","sequence":0}]}]}"#, #"{"stages":[{"pre":[1,"x",null]}]}"#,
    ])
    func withoutEntriesInTheFirstStageTheUpdateFails(_ definition: String) {
        #expect(selected(definition) == "DEFINITION_UPDATE_FAILED")
        #expect(selected(definition, sequence: "0") == "DEFINITION_UPDATE_FAILED")
    }

    private static let entries = Fixtures.definition(
        pre:
            #"[7,{"sequence":0,"task":"other"},{"sequence":"0","task":"official_devcloud_manualTrigger"},{"sequence":0.0},{"sequence":1,"task":"official_devcloud_autoTrigger"},{"task":"official_devcloud_manualTriggers"},null]"#
    )

    @Test(arguments: [
        ("0", "1,3"), ("0.0", "1,3"), ("-0", "1,3"), ("1", "4"), ("1e0", "4"), ("2", "DEFINITION_UPDATE_FAILED"),
    ])
    func aSequenceSelectsTheEntriesWithThatNumber(_ sequence: String, _ result: String) {
        #expect(selected(Self.entries, sequence: sequence) == result)
    }

    @Test func withoutASequenceOnlyTriggerTasksAreTouched() {
        #expect(selected(Self.entries) == "2,4")
        #expect(
            selected(Fixtures.definition(pre: #"[{"task":"official_devcloud_checkPoint"},{"task":5},{}]"#)) == "DEFINITION_UPDATE_FAILED"
        )
    }

    private func edited(_ definition: String, _ indices: [Int]) throws -> String {
        try PipelineDefinition(definition).text(withTask: Fixtures.manual, inEntries: indices)
    }

    @Test func onlyTheTaskValuesChangeByteForByte() throws {
        let expected = Fixtures.definition.replacing(
            #""runtime_attribution":null,"task":"official_devcloud_autoTrigger""#,
            with: #""runtime_attribution":null,"task":"official_devcloud_manualTrigger""#
        )
        #expect(try edited(Fixtures.definition, [0]) == expected)
        #expect(expected != Fixtures.definition)
    }

    @Test func anEscapedNameIsTheSameName() throws {
        #expect(
            try edited(Fixtures.definition(pre: #"[{"ta\u0073k" : "x" , "a":1}]"#), [0])
                == Fixtures.definition(pre: #"[{"ta\u0073k" : "\#(Fixtures.manual)" , "a":1}]"#)
        )
    }

    @Test func aTaskOfAnyKindIsReplacedAndAMissingOneAdded() throws {
        #expect(
            try edited(Fixtures.definition(pre: #"[{"task":{"a":[]}},{ "sequence" : 0 }]"#), [0, 1])
                == Fixtures.definition(pre: #"[{"task":"\#(Fixtures.manual)"},{ "sequence" : 0,"task":"\#(Fixtures.manual)" }]"#)
        )
    }

    @Test func ofDuplicateMembersTheOneThatCountsIsChangedAndTheOtherKept() throws {
        let definition = #"{"stages":[{"pre":[{"task":"lost"}]}],"stages":[{"pre":0,"pre":[{"task":"a","task":"b"}]}]}"#
        #expect(
            try edited(definition, [0])
                == #"{"stages":[{"pre":[{"task":"lost"}]}],"stages":[{"pre":0,"pre":[{"task":"a","task":"\#(Fixtures.manual)"}]}]}"#
        )
    }

    @Test func anEditThatDoesNotSayWhatItShouldIsRefused() {
        #expect(throws: PipelineDefinition.EditMismatch.self) { try edited(Fixtures.definition(pre: "[{}]"), [0]) }
        #expect(throws: PipelineDefinition.EditMismatch.self) { try edited(Fixtures.definition(pre: "[{}]"), [1]) }
        #expect(throws: PipelineDefinition.EditMismatch.self) { try edited("{}", [0]) }
    }

    @Test func aDefinitionMayBeDeepButNotDeeperThanJSONMayBe() throws {
        let deep = String(repeating: "[", count: 126) + String(repeating: "]", count: 126)
        #expect(throws: Never.self) { try PipelineDefinition(#"{"a":\#(deep)}"#) }
        #expect(throws: PipelineDefinition.Malformed.self) { try PipelineDefinition(#"{"a":[[\#(deep)]]}"#) }
    }

    /// Random definitions: the edited text is the original with nothing but the selected values exchanged.
    @Test(arguments: 0..<300)
    func onlyTheSelectedValuesOfARandomDefinitionDiffer(_ seed: Int) throws {
        var random = RandomTree(seed: seed)
        let marker = "«\(seed)»"
        var entries: [String] = []
        for index in 0..<random.below(4) + 1 {
            var members = random.members(3) + [#""sequence":\#(index)"#]
            if index == 0 || random.below(2) == 0 { members.append(#""task"\#(random.space()):\#(random.space())\#(marker)"#) }
            entries.append(random.object(members))
        }
        let withTask = entries.indices.filter { entries[$0].contains(marker) }
        let stages = random.array([random.object(random.members(2) + [#""pre":\#(random.array(entries))"#]), random.value()])
        let template = random.space() + random.object(random.members(3) + [#""stages":\#(stages)"#]) + random.space()
        let before = template.replacing(marker, with: "\"\(Fixtures.auto)\"")
        let after = template.replacing(marker, with: "\"\(Fixtures.manual)\"")
        let definition = try PipelineDefinition(before)
        #expect(try definition.text(withTask: Fixtures.manual, inEntries: withTask) == after)
        #expect(try PreTaskChange(task: Fixtures.manual).entries(of: definition).map(\.index) == withTask)
    }
}
