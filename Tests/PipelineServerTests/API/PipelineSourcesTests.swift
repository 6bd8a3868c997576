import CloudServer
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// The selection of a source (pipeline.md §5.3).
@Suite struct PipelineSourcesTests {
    private func outcome(_ sources: String, alias: String?) -> String {
        do throws(ToolError) { return String(try PipelineSources(json(sources).arrayValue ?? []).select(alias: alias)) } catch {
            #expect(error.hint != nil)
            return error.code
        }
    }

    private static let web = #"{"type":"code","params":{"alias":"web"}}"#
    private static let api = #"{"type":"code","params":{"alias":"api"}}"#

    @Test func withoutSourcesThereIsNothingToSelect() {
        #expect(outcome("[]", alias: nil) == "NO_SOURCE")
        #expect(outcome("[]", alias: "web") == "NO_SOURCE")
    }

    @Test func theOnlySourceNeedsNoAlias() { #expect(outcome("[\(Self.web)]", alias: nil) == "0") }

    @Test func severalSourcesNeedAnAliasAndTheMessageListsThem() throws {
        #expect(outcome("[\(Self.web),\(Self.api)]", alias: nil) == "SOURCE_ALIAS_REQUIRED")
        let error = #expect(throws: ToolError.self) { try pipeline(Fixtures.manySources).sources.select(alias: nil) }
        #expect(error?.message.contains("'web', 'api', 'pkg', 'twin', 'twin', (no alias)") == true)
    }

    @Test(arguments: [
        ("api", "1"), ("web", "0"), ("API", "SOURCE_ALIAS_NOT_FOUND"), (" api", "SOURCE_ALIAS_NOT_FOUND"), ("", "SOURCE_ALIAS_NOT_FOUND"),
    ])
    func anAliasIsComparedExactly(_ alias: String, _ result: String) {
        #expect(outcome("[\(Self.web),\(Self.api)]", alias: alias) == result)
    }

    @Test func anAliasIsComparedByItsBytes() {
        #expect(outcome(#"[{"type":"code","params":{"alias":"é"}}]"#, alias: "e\u{301}") == "SOURCE_ALIAS_NOT_FOUND")
    }

    @Test func aWrongAliasIsNotForgivenWithASingleSource() {
        #expect(outcome("[\(Self.web)]", alias: "api") == "SOURCE_ALIAS_NOT_FOUND")
        #expect(outcome("[\(Self.web)]", alias: "") == "SOURCE_ALIAS_NOT_FOUND")
        #expect(outcome(#"[{"type":"code","params":{"alias":""}}]"#, alias: "") == "0")
    }

    @Test func anAliasThatSeveralHaveIsAmbiguous() {
        #expect(outcome("[\(Self.web),\(Self.api),\(Self.web)]", alias: "web") == "SOURCE_ALIAS_AMBIGUOUS")
        #expect(outcome("[\(Self.web),\(Self.api),\(Self.web)]", alias: "api") == "1")
    }

    @Test(arguments: [
        (#"{"type":"code","params":{}}"#, true), (#"{"params":{"git_type":"codehub"}}"#, true),
        (#"{"type":null,"params":{"git_type":"codehub"}}"#, true), (#"{"params":{"git_type":""}}"#, false), (#"{"params":{}}"#, false),
        (#"{"type":"code"}"#, false), (#"{"type":"code","params":null}"#, false), (#"{"type":"code","params":[]}"#, false),
        (#"{"type":"artifact","params":{"git_type":"codehub"}}"#, false), (#"{"type":"Code","params":{}}"#, false),
        (#"{"type":"","params":{"git_type":"codehub"}}"#, false), ("null", false), ("7", false),
    ])
    func aCodeSourceHasParamsAndIsOfTypeCodeOrHasAGitType(_ source: String, _ isCode: Bool) {
        #expect(outcome("[\(source)]", alias: nil) == (isCode ? "0" : "SOURCE_NOT_GIT"))
    }

    @Test func onlyTheBranchOfASourceChanges() {
        let source = PipelineSource(json: json(#"{"b":1.0,"params":{"z":[],"default_branch":"old","a":{}},"type":"code"}"#))
        #expect(
            source.with(defaultBranch: "new").json.text() == #"{"b":1.0,"params":{"z":[],"default_branch":"new","a":{}},"type":"code"}"#
        )
    }
}
