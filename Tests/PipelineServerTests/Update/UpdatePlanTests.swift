import CloudServer
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// How an update is worked out on the raw tree (pipeline.md §5.1 to §5.6).
@Suite struct UpdatePlanTests {
    private func plan(_ arguments: JSONObject, _ detail: String = Fixtures.detail) throws -> UpdatePlan {
        try UpdatePlan(try #require(PipelineChange(arguments)), of: pipeline(detail))
    }

    private func code(_ arguments: JSONObject, _ detail: String = Fixtures.detail) -> String? {
        do {
            _ = try plan(arguments, detail)
            return nil
        } catch {
            return (error as? ToolError)?.code ?? "\(error)"
        }
    }

    private static let branch: JSONObject = ["new_default_branch": "main"]
    private static let task: JSONObject = ["new_pre_task": .string(Fixtures.manual)]
    private static let both: JSONObject = ["new_default_branch": "main", "new_pre_task": .string(Fixtures.manual)]

    // MARK: The body

    @Test func theBodyHasTheDocumentedMembersInTheirOrderWithoutNullsAndWithoutInventions() throws {
        let keys = try plan(Self.branch).body.keys
        #expect(
            keys == [
                "name", "description", "is_publish", "sources", "variables", "schedules", "triggers", "manifest_version", "definition",
                "project_name", "group_id", "concurrency_control", "disable_release_branch_management", "execution_plans", "project_id",
                "confidentiality_code", "agency_name", "variable_group_ids",
            ]
        )
        let small = try plan(Self.branch, #"{"id":"p","definition":"d","sources":[{"type":"code","params":{}}]}"#)
        #expect(small.body.text() == #"{"sources":[{"type":"code","params":{"default_branch":"main"}}],"definition":"d"}"#)
    }

    @Test func theIdIsNeverSent() throws { #expect(try plan(Self.both).body["id"] == nil) }

    @Test func everyMemberIsWrittenBackVerbatimButForTheBranch() throws {
        let detail = object(Fixtures.detail)
        let body = try plan(Self.branch).body
        for member in body where !["sources", "confidentiality_code"].contains(member.key) {
            #expect(member.value.text() == detail[member.key]?.text(), "\(member.key)")
        }
        #expect(body["sources"]?.text() == detail["sources"]?.text().replacing(#""master""#, with: #""main""#))
    }

    @Test func theConfidentialityCodeComesFromTheSecurityLevelCodeUnlessItHasItsOwnName() throws {
        #expect(try plan(Self.branch).body["confidentiality_code"] == "L1")
        #expect(try plan(Self.branch, Fixtures.detail([("confidentiality_code", #""own""#)])).body["confidentiality_code"] == "own")
        #expect(try plan(Self.branch, Fixtures.detail([("confidentiality_code", "null")])).body.contains("confidentiality_code") == false)
        #expect(try plan(Self.branch, Fixtures.detail([("security_level_code", nil)])).body.contains("confidentiality_code") == false)
    }

    @Test func theOriginalTextOfTheDefinitionIsSentUnlessATaskChanges() throws {
        #expect(try plan(Self.branch).body["definition"]?.stringValue.map { Array($0.utf8) } == Array(Fixtures.definition.utf8))
        let same = try plan(["new_default_branch": "main", "new_pre_task": .string(Fixtures.auto)])
        #expect(same.body["definition"]?.stringValue.map { Array($0.utf8) } == Array(Fixtures.definition.utf8))
        #expect(same.hashBefore == same.hashAfter)
        #expect(try plan(Self.task).body["definition"] != .string(Fixtures.definition))
    }

    @Test func aDefinitionThatIsNotJSONIsNoObstacleToABranchChange() throws {
        let detail = Fixtures.detail([("definition", #""version: 1""#)])
        #expect(try plan(Self.branch, detail).body["definition"] == "version: 1")
        #expect(code(Self.task, detail) == "DEFINITION_INVALID")
        #expect(code(Self.both, detail) == "DEFINITION_INVALID")
        #expect(code(Self.task, Fixtures.detail([("definition", #""[]""#)])) == "DEFINITION_INVALID")
    }

    @Test func aSingleSourceThatIsNoArrayKeepsItsForm() throws {
        let detail = #"{"id":"p","definition":"d","sources":{"type":"code","params":{"alias":"a"}}}"#
        #expect(try plan(Self.branch, detail).body["sources"]?.text() == #"{"type":"code","params":{"alias":"a","default_branch":"main"}}"#)
    }

    @Test func onlyTheSelectedSourceChanges() throws {
        let plan = try plan(["new_default_branch": "next", "source_alias": "api"], Fixtures.manySources)
        let before = object(Fixtures.manySources)["sources"]?.arrayValue ?? []
        let after = plan.body["sources"]?.arrayValue ?? []
        #expect(before.count == after.count)
        for index in before.indices where index != 1 { #expect(before[index].text() == after[index].text()) }
        #expect(after[1].text() == before[1].text().replacing(#""default_branch":"main""#, with: #""default_branch":"next""#))
    }

    // MARK: The changes

    @Test func theChangesTellWhatIsAndWhatWillBe() throws {
        let plan = try plan(Self.both)
        #expect(
            plan.changes.json.text()
                == #"{"default_branch":{"source_index":0,"source_alias":"web","before":"master","after":"main"},"pre_task":{"diffs":[{"sequence":0,"before":"official_devcloud_autoTrigger","after":"official_devcloud_manualTrigger"}],"applied_to_count":1}}"#
        )
        #expect(plan.warnings.isEmpty)
    }

    @Test func aChangeThatWasAskedForIsToldEvenIfItIsSoAlready() throws {
        #expect(
            try plan(["new_default_branch": "master", "new_pre_task": .string(Fixtures.manual)]).changes.json["default_branch"]?.text()
                == #"{"source_index":0,"source_alias":"web","before":"master","after":"master"}"#
        )
        #expect(
            try plan(["new_default_branch": "main", "new_pre_task": .string(Fixtures.auto)]).changes.json["pre_task"]?.text()
                == #"{"diffs":[],"applied_to_count":0}"#
        )
        #expect(try plan(Self.branch).changes.json.contains("pre_task") == false)
        #expect(try plan(Self.task).changes.json.contains("default_branch") == false)
    }

    @Test func nullsInTheChangesStay() throws {
        let detail = Fixtures.detail([
            ("sources", #"[{"params":{"git_type":"g"}}]"#),
            ("definition", JSONValue.string(#"{"stages":[{"pre":[{"sequence":0}]}]}"#).text()),
        ])
        let plan = try plan(["new_default_branch": "main", "new_pre_task": .string(Fixtures.manual), "pre_sequence": 0], detail)
        #expect(
            plan.changes.json.text()
                == #"{"default_branch":{"source_index":0,"source_alias":null,"before":null,"after":"main"},"pre_task":{"diffs":[{"sequence":0,"before":null,"after":"official_devcloud_manualTrigger"}],"applied_to_count":1}}"#
        )
    }

    @Test func aSequenceThatIsNoNumberIsMasked() throws {
        let pre = #"[{"task":"\#(Fixtures.auto)","sequence":{"password":"Hunter2","n":1.0}}]"#
        let detail = Fixtures.detail([("definition", JSONValue.string(Fixtures.definition(pre: pre)).text())])
        let text = try plan(Self.task, detail).changes.json.text()
        #expect(text.contains(#""sequence":{"password":"***MASKED***","n":1.0}"#))
    }

    @Test func theLogTellsOnlyTheFirstDiffs() throws {
        let pre = "[" + Array(repeating: #"{"task":"\#(Fixtures.auto)"}"#, count: 40).joined(separator: ",") + "]"
        let detail = Fixtures.detail([("definition", JSONValue.string(Fixtures.definition(pre: pre)).text())])
        let changes = try plan(Self.task, detail).changes
        #expect(changes.json["pre_task"]?["diffs"]?.arrayValue?.count == 40)
        let short = changes.json(maximumDiffs: 32)
        #expect(short["pre_task"]?["diffs"]?.arrayValue?.count == 32)
        #expect(short["pre_task"]?["applied_to_count"] == 40)
    }

    @Test func replacingATaskThatIsNoTriggerIsWarnedOf() throws {
        let plan = try plan(["new_pre_task": .string(Fixtures.manual), "pre_sequence": json("1.5")])
        #expect(plan.warnings.count == 1)
        #expect(plan.warnings.first?.contains("official_devcloud_checkPoint") == true)
        #expect(plan.changes.tasks?.first?.sequence.text() == "1.50")
    }

    @Test func theHashIsTheStartOfTheSHA256OfTheText() throws {
        let detail = Fixtures.detail([("definition", #""abc""#)])
        let plan = try plan(Self.branch, detail)
        #expect(plan.hashBefore == "ba7816bf8f01")
        #expect(plan.hashAfter == "ba7816bf8f01")
        #expect(try self.plan(Self.task).hashAfter != self.plan(Self.task).hashBefore)
    }

    // MARK: The checks and their order

    @Test func aDisabledPipelineIsRefusedFirst() {
        let detail = Fixtures.detail([("banned", "true"), ("definition", "null"), ("sources", "[]")])
        #expect(code(Self.branch, detail) == "PIPELINE_BANNED")
        #expect(code(Self.branch, Fixtures.detail([("banned", #""true""#)])) == "PIPELINE_BANNED")
    }

    @Test(arguments: [nil, "null", #""""#, "{}", "5"] as [String?])
    func aMissingDefinitionIsRefusedBeforeTheSources(_ definition: String?) {
        #expect(code(Self.branch, Fixtures.detail([("definition", definition), ("sources", "[]")])) == "DEFINITION_MISSING")
    }

    @Test func theBranchIsCheckedBeforeTheTaskAndTheTaskBeforeTheSecrets() {
        let secrets = ("variables", #"[{"name":"T","is_secret":true}]"#) as (String, String?)
        let invalid = ("definition", #""x""#) as (String, String?)
        #expect(code(Self.both, Fixtures.detail([("sources", "[]"), invalid, secrets])) == "NO_SOURCE")
        #expect(code(Self.both, Fixtures.detail([invalid, secrets])) == "DEFINITION_INVALID")
        #expect(code(["new_default_branch": "master"], Fixtures.detail([secrets])) == "SECRET_VALUE_MASKED")
    }

    @Test func everythingAsRequestedAlreadyIsNoUpdate() {
        #expect(code(["new_default_branch": "master"]) == "NO_EFFECTIVE_CHANGE")
        #expect(code(["new_pre_task": .string(Fixtures.auto)]) == "NO_EFFECTIVE_CHANGE")
        #expect(code(["new_default_branch": "master", "new_pre_task": .string(Fixtures.auto)]) == "NO_EFFECTIVE_CHANGE")
        #expect(code(["new_default_branch": "Master"]) == nil)
    }

    @Test(arguments: [
        (#"{"name":"T","is_secret":true}"#, true), (#"{"is_secret":true,"value":null}"#, true), (#"{"is_secret":true,"value":"*"}"#, true),
        (#"{"is_secret":true,"value":"******"}"#, true), (#"{"is_secret":"true","value":"***"}"#, true),
        (#"{"is_secret":true,"value":""}"#, false), (#"{"is_secret":true,"value":"**x"}"#, false),
        (#"{"is_secret":true,"value":"s"}"#, false),
        (#"{"is_secret":false,"value":"***"}"#, false), (#"{"is_secret":false}"#, false), (#"{"value":"***"}"#, false),
    ])
    func aSecretWhoseValueIsWithheldIsNotOverwritten(_ variable: String, _ isRefused: Bool) throws {
        let detail = Fixtures.detail([("variables", "[\(variable)]")])
        #expect(code(Self.branch, detail) == (isRefused ? "SECRET_VALUE_MASKED" : nil))
        if !isRefused { #expect(try plan(Self.branch, detail).body["variables"]?.text() == json("[\(variable)]").text()) }
    }

    // MARK: The request

    @Test func aliasAndSequenceAloneAskForNothing() {
        #expect(PipelineChange(["source_alias": "a", "pre_sequence": 0]) == nil)
        #expect(PipelineChange(["new_default_branch": .null, "new_pre_task": .null]) == nil)
    }

    @Test(arguments: [
        Self.branch, Self.task, Self.both, ["new_default_branch": "b", "source_alias": ""],
        ["new_pre_task": .string(Fixtures.auto), "pre_sequence": 3],
    ])
    func theStoredContentIsEnoughToExecute(_ arguments: JSONObject) throws {
        let stored = StoredUpdate(
            project: CodeArtsProject(id: "prj"),
            pipelineID: "p",
            change: try #require(PipelineChange(arguments)),
            fingerprint: "f"
        )
        #expect(StoredUpdate(content: stored.content) == stored)
        #expect(!stored.content.contains("definition"))
    }

    @Test(arguments: ["{}", #"{"project_id":"p","pipeline_id":"i","fingerprint":"f"}"#, #"{"new_default_branch":"b"}"#])
    func anythingElseIsNoStoredUpdate(_ content: String) { #expect(StoredUpdate(content: object(content)) == nil) }
}
