import JSONRPC
import MCP
import MCPServer

/// What the conformance scenarios expect of a server.
///
/// Names, schemas and behaviour are theirs; see Tests/Conformance/FIXTURE.md.
struct Fixture {
    /// Where the trigger tools announce changes.
    let changes = ChangeHub()
    /// What became of cancellable calls.
    let cancellations = CancellationBoard()
    /// What the answers to earlier rounds are kept in.
    let states = RoundStates()

    /// The server.
    ///
    /// - Throws: when a schema is not valid, which is a bug.
    func server() throws -> MCPServer {
        // The first tool can be called without arguments.
        let common = [
            try ContentTools.all(), try StreamTools.all(), [try SchemaKeywordsTool.make()], try StructuredTools.all(),
            try CancellationTools.all(cancellations), try AnnouncementTools.all(changes), [try HeaderTool.make()],
        ]
        let legacy = [try ReconnectionTool.all(), try SamplingTool.all(), try ElicitationTools.all()]
        let modern = [try CapabilityTools.all(), try InputTools.all(states)]
        return MCPServer(
            info: Implementation(name: "conformance-server", version: "1.0.0", title: "Conformance fixture"),
            instructions: "Nothing here is of use to a model; everything exists to be tested.",
            tools: (common + legacy + modern).flatMap { $0 },
            prompts: FixturePrompts.all,
            resources: FixtureResources.all,
            complete: FixtureCompletion.complete,
            logs: true,
            changes: changes
        )
    }
}
