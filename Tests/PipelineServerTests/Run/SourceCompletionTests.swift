import CloudServer
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// How the sources of a run are spelled out (pipeline.md §4).
@Suite struct SourceCompletionTests {
    private func completed(_ item: String, of detail: String = Fixtures.detail) -> String {
        do throws(ToolError) {
            return try SourceCompletion(stored: pipeline(detail).sources).complete([object(item)])[0].text()
        } catch {
            #expect(error.details.map(\.path) == ["sources[0]"])
            return error.code
        }
    }

    private static let webHead =
        #"{"type":"code","params":{"git_type":"codehub","alias":"web","codehub_id":"2111","default_branch":"#

    @Test(arguments: ["{}", #"{"params":{}}"#, #"{"params":null,"type":null}"#, #"{"type":"","params":{"alias":"","git_url":null}}"#])
    func whatIsMissingOrEmptyIsTakenFromTheOnlySource(_ item: String) {
        #expect(
            completed(item)
                == Self.webHead
                + #""master","git_url":"https://git.example/web.git","build_params":{"build_type":"branch","event_type":"Manual","target_branch":"master"}}}"#
        )
    }

    @Test func aBranchOverrideIsSpelledOut() {
        #expect(
            completed(#"{"params":{"default_branch":"feature/x"}}"#)
                == Self.webHead
                + #""feature/x","git_url":"https://git.example/web.git","build_params":{"build_type":"branch","event_type":"Manual","target_branch":"feature/x"}}}"#
        )
    }

    @Test func whatTheCallerGaveWins() {
        let item =
            #"{"type":"code","params":{"git_type":"gitee","codehub_id":"1","endpoint_id":"e","default_branch":"b","git_url":"https://g.example","alias":"web"}}"#
        #expect(
            completed(item)
                == #"{"type":"code","params":{"git_type":"gitee","alias":"web","codehub_id":"1","default_branch":"b","git_url":"https://g.example","endpoint_id":"e","build_params":{"build_type":"branch","event_type":"Manual","target_branch":"b"}}}"#
        )
    }

    @Test func anItemIsMatchedByItsExactAlias() {
        #expect(completed(#"{"params":{"alias":"api"}}"#, of: Fixtures.manySources).contains(#""endpoint_id":"ep""#))
        #expect(completed(#"{"params":{"alias":"API"}}"#, of: Fixtures.manySources) == "SOURCE_ALIAS_NOT_FOUND")
        #expect(completed(#"{"params":{"alias":"api"}}"#) == "SOURCE_ALIAS_NOT_FOUND")
        #expect(completed("{}", of: Fixtures.manySources) == "SOURCE_ALIAS_REQUIRED")
        #expect(completed(#"{"params":{"alias":""}}"#, of: Fixtures.manySources) == "SOURCE_ALIAS_REQUIRED")
        #expect(completed(#"{"params":{"alias":"twin"}}"#, of: Fixtures.manySources) == "SOURCE_ALIAS_AMBIGUOUS")
        #expect(completed(#"{"params":{"alias":"pkg"}}"#, of: Fixtures.manySources) == "SOURCE_NOT_GIT")
        #expect(completed("{}", of: Fixtures.detail([("sources", "[]")])) == "NO_SOURCE")
        #expect(completed("{}", of: Fixtures.detail([("sources", nil)])) == "NO_SOURCE")
    }

    @Test(arguments: [
        (#"{"build_type":"tag","tag":"v1"}"#, #"{"build_type":"tag","tag":"v1"}"#),
        (#"{"tag":"v1","build_type":"tag","target_branch":null}"#, #"{"tag":"v1","build_type":"tag"}"#),
        (#"{"target_branch":""}"#, #"{"target_branch":""}"#),
        ("{}", #"{"build_type":"branch","event_type":"Manual","target_branch":"master"}"#),
        (#"{"tag":null}"#, #"{"build_type":"branch","event_type":"Manual","target_branch":"master"}"#),
        ("null", #"{"build_type":"branch","event_type":"Manual","target_branch":"master"}"#),
    ])
    func buildParamsAreSentAsGivenUnlessThereIsNothingInThem(_ given: String, _ sent: String) {
        #expect(json(completed(#"{"params":{"build_params":\#(given)}}"#))["params"]?["build_params"]?.text() == sent)
    }

    @Test func withoutABranchNothingIsInvented() {
        let detail = Fixtures.detail([("sources", #"[{"params":{"git_type":"gitee","default_branch":""}}]"#)])
        #expect(completed("{}", of: detail) == #"{"params":{"git_type":"gitee"}}"#)
        #expect(completed(#"{"params":{"build_params":{}}}"#, of: detail) == #"{"params":{"git_type":"gitee","build_params":{}}}"#)
    }

    @Test func theErrorNamesTheItem() {
        let error = #expect(throws: ToolError.self) {
            try SourceCompletion(stored: pipeline(Fixtures.manySources).sources).complete([
                ["params": ["alias": "web"]], ["params": ["alias": "nope"]],
            ])
        }
        #expect(error?.details.map(\.path) == ["sources[1]"])
    }
}
