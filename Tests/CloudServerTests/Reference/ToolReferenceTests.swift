import ProcessSupport
import Testing

@testable import CloudServer

/// `--list-tools --format markdown`.
@Suite struct ToolReferenceTests {
    private static func text(_ environment: [String: String] = [:]) -> String {
        let outcome = LaunchTests.launch(["--list-tools", "--format", "markdown"], environment)
        #expect(outcome.code == .success)
        return outcome.output
    }

    @Test func theSectionNamesTheServerAndSumsUpEveryTool() {
        let text = Self.text()
        #expect(text.hasPrefix("## `fake-mcp-server`\n\nManages things that do not exist.\n\n| tool | does | minimum role |"))
        #expect(text.contains("| `fake_list` | List | readonly | yes | no | yes | yes | no |\n"))
        #expect(text.contains("| `fake_power` | Power | operator; more for some arguments | no | yes | no | yes | yes |\n"))
        #expect(text.contains("| `fake_delete` | Delete | admin | no | yes | yes | yes | yes |\n"))
        #expect(text.contains("| `fake_confirm_destructive` | Confirm a pending operation | operator | no | yes | no | yes | no |\n"))
        #expect(text.hasSuffix("|\n") || text.hasSuffix("object\n"))
    }

    @Test func parametersAreToldWithTypeDefaultAndBounds() {
        let text = Self.text()
        #expect(text.contains("### `fake_list`\n\nLists.\n\n**Parameters**\n\n| parameter | type | default | bounds | meaning |\n"))
        #expect(text.contains("| `name` | string or null | `null` |  | A filter. |\n"))
        #expect(text.contains("| `status` | string or null | `null` | `ACTIVE` `ERROR` `\"\"` | A state. |\n"))
        #expect(text.contains("| `limit` | integer | `20` | 1…100 | Rows. |\n"))
        #expect(text.contains("| `ids` | array of string | required | 1…3 items; each: `^[0-9a-fA-F]{8}-"))
        #expect(text.contains("| `force` | boolean | `false` |  | How. |\n"))
    }

    @Test func previewsAreToldApart() {
        let text = Self.text()
        #expect(text.contains(": a preview that waits for approval\n\n| member of `data` | type | present | meaning |\n"))
        #expect(text.contains("| `status` | `\"pending_approval\"` | always |  |\n"))
        #expect(
            text.contains(
                "**Result**\n\n| member of `data` | type | present | meaning |\n| --- | --- | --- | --- |\n| `count` | integer | always |  |\n"
            )
        )
        #expect(text.contains("Where the user is asked in the call, the result is that of `fake_confirm_destructive`."))
    }

    @Test func toolsThatTheFilterDropsAreLeftOut() {
        let text = Self.text(["MCP_EXCLUDE_TOOLS": "fake_l*"])
        #expect(!text.contains("fake_list"))
        #expect(text.contains("### `fake_power`"))
    }
}
