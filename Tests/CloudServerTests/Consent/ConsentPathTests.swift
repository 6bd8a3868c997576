import JSONRPC
import MCP
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

/// Which path (consent.md §1).
@Suite(.timeLimit(.minutes(1))) struct ConsentPathTests {
    @Test(
        arguments: [
            (ApprovalPolicy.automatic, true, ConsentPath.elicited), (.automatic, false, .twoPhase), (.twoPhase, true, .twoPhase),
            (.twoPhase, false, .twoPhase), (.elicit, true, .elicited), (.elicit, false, nil), (.fourEyes, true, .fourEyes),
            (.fourEyes, false, .fourEyes),
        ] as [(ApprovalPolicy, Bool, ConsentPath?)]
    )
    func thePathFollowsPolicyAndCapability(policy: ApprovalPolicy, clientCanAsk: Bool, path: ConsentPath?) {
        #expect(policy.path(clientCanAsk: clientCanAsk) == path)
    }

    @Test(
        arguments: [
            (ProtocolRevision.v2024_11_05, ["elicitation": [:]], false), (.v2025_03_26, ["elicitation": [:]], false),
            (.v2025_06_18, ["elicitation": [:]], true), (.v2025_11_25, ["elicitation": ["form": [:], "url": [:]]], true),
            (.v2025_11_25, ["elicitation": ["url": [:]]], false), (.v2026_07_28, ["elicitation": ["form": [:]]], true),
            (.v2026_07_28, [:], false), (.v2025_11_25, ["elicitation": true], false),
        ] as [(ProtocolRevision, JSONObject, Bool)]
    )
    func aClientCanAskIfItsRevisionHasElicitationAndItDeclaresForms(
        revision: ProtocolRevision,
        capabilities: JSONObject,
        canAsk: Bool
    ) {
        let context = ConsentBench().context(.admin, revision: revision, capabilities: ClientCapabilities(capabilities))
        #expect(context.canAskUser == canAsk)
    }

    @Test(arguments: [ApprovalPolicy.twoPhase, .fourEyes])
    func underTwoPhaseAndFourEyesNobodyIsAsked(policy: ApprovalPolicy) async throws {
        let bench = ConsentBench(policy: policy)
        let (envelope, client) = try await bench.legacy(.types("web-1"))
        #expect(envelope["data"]?["status"] == "pending_approval")
        #expect(client.questions.isEmpty)
        let modern = try await bench.call(bench.context(.admin, revision: .v2026_07_28))
        #expect(modern["data"]?["status"] == "pending_approval")
        #expect(bench.executed.count == 0)
    }

    @Test(arguments: [ProtocolRevision.v2025_11_25, .v2026_07_28])
    func underAutoAClientThatCannotAskGetsTwoPhases(revision: ProtocolRevision) async throws {
        let bench = ConsentBench()
        let context = bench.context(.admin, revision: revision, capabilities: ClientCapabilities())
        #expect(try await bench.call(context)["data"]?["status"] == "pending_approval")
        #expect(bench.executed.count == 0)
    }

    @Test(arguments: [ProtocolRevision.v2025_03_26, .v2025_11_25, .v2026_07_28])
    func underElicitAClientThatCannotAskIsRefused(revision: ProtocolRevision) async throws {
        let bench = ConsentBench(policy: .elicit)
        let context = bench.context(.admin, revision: revision, capabilities: ClientCapabilities())
        let error = try #require(try await bench.call(context)["error"])
        #expect(error["code"] == "CONSENT_UNAVAILABLE")
        #expect(error["hint"] != nil)
        #expect(bench.executed.count == 0)
        let record = try #require(bench.logs.records("approval-denied").first)
        #expect(record["reason"] == "consent-unavailable")
        #expect(bench.logs.records("approval-issued").isEmpty)
    }

    @Test func underElicitTheDestructiveToolsAreNotListedForAClientThatCannotAsk() throws {
        for policy in ApprovalPolicy.allCases {
            let bench = ToolBench(policy: policy)
            let tools = try [FakeTools.list(), FakeTools.power(), FakeTools.delete(), bench.confirmTool(FakeTools.delete())].map {
                try ToolPipeline($0, bench.environment).serverTool()
            }
            let plain = ConsentBench().context(.admin, capabilities: ClientCapabilities())
            let able = ConsentBench().context(.admin)
            let hidden = policy == .elicit
            #expect(tools.map { $0.isListed(plain) } == [true, !hidden, !hidden, !hidden])
            #expect(tools.map { $0.isListed(able) } == [true, true, true, true])
        }
    }

    @Test func aCallThatNeedsNoConsentIsDoneAtOnceWhateverThePolicy() async throws {
        for policy in ApprovalPolicy.allCases {
            let bench = ConsentBench(policy: policy)
            let context = bench.context(.op, capabilities: ClientCapabilities())
            let envelope = try await bench.call(context, ["action": "start"], tool: FakeTools.power())
            #expect(envelope["data"]?["job_id"] == "job-2")
        }
    }

    @Test func theDescriptionSaysWhatTheCallReturns() throws {
        for policy in ApprovalPolicy.allCases {
            let definition = try ToolPipeline(FakeTools.delete(), ToolBench(policy: policy).environment).serverTool().definition
            #expect(definition.description?.contains("asks") == (policy == .automatic || policy == .elicit))
        }
    }

    @Test func theOutputSchemaAllowsTheResultWhereTheUserMayBeAsked() throws {
        let result = OutputSchema.object(["job_id": ["type": "string"]])
        for policy in ApprovalPolicy.allCases {
            let environment = ToolBench(policy: policy).environment
            let definition = try ToolPipeline(FakeTools.delete(), environment, result: result).serverTool().definition
            let schema = try JSONSchema(try #require(definition.outputSchema))
            let accepts = schema.violations(of: ["ok": true, "data": ["job_id": "j"]]).isEmpty
            #expect(accepts == (policy == .automatic || policy == .elicit))
        }
    }
}
