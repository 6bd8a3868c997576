import CloudServer
import Testing

@testable import PipelineServer

/// Which CodeArts project a call is about (pipeline.md §1.1).
@Suite struct CodeArtsProjectTests {
    private func id(_ argument: String?, _ configured: String?) -> String? {
        do throws(ToolError) { return try CodeArtsProject(argument: argument, default: configured).id } catch {
            #expect(error.code == "MISSING_PROJECT_ID")
            #expect(error.hint?.contains("project_id") == true)
            #expect(error.hint?.contains("CODEARTS_DEFAULT_PROJECT_ID") == true)
            #expect(error.hint?.contains("HUAWEICLOUD_PROJECT_ID is something else") == true)
            #expect(error.retryable == nil)
            return nil
        }
    }

    @Test func theArgumentComesBeforeTheDefault() {
        #expect(id("arg", "def") == "arg")
        #expect(id(nil, "def") == "def")
    }

    @Test func bothAreTrimmedAndBlankMeansNotGiven() {
        #expect(id(" arg\t", nil) == "arg")
        #expect(id("  ", " def ") == "def")
        #expect(id("", "def") == "def")
        #expect(id("\n", " ") == nil)
        #expect(id(nil, nil) == nil)
    }

    @Test(arguments: [
        ("abc", true), ("A-b_9", true), (String(repeating: "a", count: 64), true), (" abc ", true),
        (String(repeating: "a", count: 65), false), ("a/b", false), ("ä", false), ("a b", false), ("a.b", false),
    ])
    func theDefaultIsCheckedAtStartup(_ value: String, _ isGood: Bool) {
        let problem = CodeArtsProject.defaultVariable.problem(value)
        #expect((problem == nil) == isGood)
        #expect(problem?.contains(value) != true)
    }
}
