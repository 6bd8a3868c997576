import AuthCommon
import HuaweiCloud
import JSONRPC
import MCP
import ProcessSupport
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

@Suite(.timeLimit(.minutes(1))) struct ToolPipelineTests {
    private let bench = ToolBench(secrets: [Secret("hunter2-is-secret")])

    // MARK: Order of checks (servers.md §3)

    @Test func withoutAnIdentityEveryCallIsUnauthorized() async throws {
        let error = try await bench.error(FakeTools.list(), ["limit": "wrong"], as: nil)
        #expect(error["code"] == "UNAUTHORIZED")
        #expect(error["status_code"] == 401)
    }

    @Test func aCallerWithoutTheRoleSeesForbiddenWhateverTheArguments() async throws {
        let executed = Executions()
        let error = try await bench.error(FakeTools.delete(executed: executed), ["nonsense": true], as: .op)
        #expect(error["code"] == "FORBIDDEN")
        #expect(error["status_code"] == 403)
        #expect(error["message"] == "role-required:admin;caller-has:[operator]")
        #expect(error["details"] == nil)
    }

    @Test func theParametersAreCheckedBeforeTheTool() async throws {
        let tool = FakeTools.list { _, _ in throw ToolError(code: "REACHED", message: "Must not be reached.") }
        let error = try await bench.error(tool, ["limit": 0])
        #expect(error["code"] == "INVALID_PARAMS")
    }

    @Test func aDecidingRoleIsDecidedFromTheRawArgument() async throws {
        #expect(try await bench.error(FakeTools.power(), ["action": "halt"], as: .op)["code"] == "FORBIDDEN")
        #expect(try await bench.error(FakeTools.power(), ["action": "START"], as: .op)["code"] == "FORBIDDEN")
        #expect(try await bench.error(FakeTools.power(), [:], as: .op)["code"] == "FORBIDDEN")
        #expect(try await bench.error(FakeTools.power(), ["action": "halt"], as: .admin)["code"] == "INVALID_PARAMS")
        #expect(try await bench.data(FakeTools.power(), ["action": "start"], as: .op)["job_id"] == "job-2")
    }

    @Test func theFailureOfARoleListsTheCallersRolesSorted() async throws {
        let caller = Identity(subject: "x", roles: ["zeta", "Admin", "readonly"], tenant: "")
        let error = try await bench.error(FakeTools.delete(), FakeTools.target, as: caller)
        #expect(error["message"] == "role-required:admin;caller-has:[Admin,readonly,zeta]")
    }

    // MARK: Listing (servers.md §4)

    @Test(arguments: [
        (Identity?.none, [Bool](repeating: false, count: 3)), (.reader, [true, false, false]), (.op, [true, true, false]),
        (.admin, [true, true, true]), (Identity(subject: "x", roles: ["ADMIN", "root"], tenant: ""), [false, false, false]),
    ])
    func aToolIsListedIfAndOnlyIfTheCallerHoldsItsMinimumRole(caller: Identity?, listed: [Bool]) throws {
        let tools = try [FakeTools.list(), FakeTools.power(), FakeTools.delete()].map {
            try ToolPipeline($0, bench.environment).serverTool()
        }
        #expect(tools.map { $0.isListed(bench.context(caller)) } == listed)
    }

    @Test func everyToolHasATitleAndAllFourHints() throws {
        let list = try ToolPipeline(FakeTools.list(), bench.environment).serverTool().definition
        #expect(list.title == "List")
        #expect(list.annotations == ToolAnnotations(readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true))
        let delete = try ToolPipeline(FakeTools.delete(), bench.environment).serverTool().definition
        #expect(
            delete.annotations == ToolAnnotations(readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true)
        )
        #expect(list.inputSchema == FakeTools.list().input.json)
    }

    // MARK: Outcomes (servers.md §1)

    @Test func successIsTheDataInAnEnvelope() async throws {
        let envelope = try await bench.call(FakeTools.list { _, _ in ["count": 3] })
        #expect(JSONValue.object(envelope).text(.compact) == #"{"ok":true,"data":{"count":3}}"#)
    }

    @Test func aToolErrorIsToldWithItsMembers() async throws {
        let tool = FakeTools.list { _, _ in
            throw ToolError(
                code: "NOT_FOUND",
                message: "No such thing.",
                hint: "Look.",
                requestID: "r-1",
                statusCode: 404,
                retryable: false,
                details: [.init(path: "ids[0]", message: "unknown")]
            )
        }
        let envelope = try await bench.call(tool)
        #expect(
            JSONValue.object(envelope).text(.compact)
                == #"{"ok":false,"error":{"code":"NOT_FOUND","message":"No such thing.","hint":"Look.","request_id":"r-1","status_code":404,"retryable":false,"details":[{"path":"ids[0]","message":"unknown"}]}}"#
        )
    }

    @Test func optionalMembersThatDoNotApplyAreAbsent() async throws {
        let tool = FakeTools.list { _, _ in throw ToolError(code: "X", message: "Y.") }
        #expect(try await bench.error(tool).keys == ["code", "message"])
    }

    @Test func aCloudErrorIsToldWithTheSameMembers() async throws {
        let tool = FakeTools.list { _, _ in
            throw CloudError(code: "Ecs.0114", message: "Gone.", hint: "H", requestID: "r-2", statusCode: 404, retryable: false)
        }
        let error = try await bench.error(tool)
        #expect(
            error == ["code": "Ecs.0114", "message": "Gone.", "hint": "H", "request_id": "r-2", "status_code": 404, "retryable": false]
        )
    }

    private struct Surprise: Error {}

    @Test func anUnknownErrorIsABugWithACallIdThatTheLogAlsoHas() async throws {
        let error = try await bench.error(FakeTools.list { _, _ in throw Surprise() })
        #expect(error["code"] == "INTERNAL_ERROR")
        let message = try #require(error["message"]?.stringValue)
        #expect(!message.contains("Surprise"))
        let record = try #require(bench.logs.records("tool-bug").first)
        let callID = try #require(record["call_id"]?.stringValue)
        #expect(message.contains(callID))
        #expect(record["error"]?.stringValue?.contains("Surprise") == true)
        #expect(record["at"] == "tool fake_list")
        #expect(record["level"] == "ERROR")
    }

    @Test func aCancellationThatNobodyAskedForIsABug() async throws {
        #expect(try await bench.error(FakeTools.list { _, _ in throw CancellationError() })["code"] == "INTERNAL_ERROR")
    }

    @Test(arguments: [true, false])
    func aCancelledCallEndsWithoutAnAnswer(throughTheCloud: Bool) async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let tool = FakeTools.list { _, _ in
            started.continuation.finish()
            do { try await Task.sleep(for: .seconds(60)) } catch {
                if throughTheCloud { throw CloudError(code: CloudError.Code.cancelled, message: "Cancelled.") }
                throw error
            }
            return [:]
        }
        let served = try ToolPipeline(tool, bench.environment).serverTool()
        let context = bench.context(.admin)
        let call = Task { try await served.call([:], context) }
        for await _ in started.stream {}
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(bench.logs.records("tool-error").first?["code"] == "CANCELLED")
    }

    @Test func messagesAreCleanedOfSecretsAndControlCharacters() async throws {
        let tool = FakeTools.list { _, _ in
            throw ToolError(
                code: "X",
                message: "got\n\thunter2-is-secret\u{0}back",
                hint: "hunter2-is-secret",
                details: [
                    .init(path: "p", message: "hunter2-is-secret")
                ]
            )
        }
        let error = try await bench.error(tool)
        #expect(error["message"] == "got *** back")
        #expect(!JSONValue.object(error).text().contains("hunter2"))
        #expect(!bench.logs.text.contains("hunter2"))
    }

    @Test func argumentsArriveWithDefaultsAndWithoutEmptyFilters() async throws {
        let tool = FakeTools.list { arguments, _ in
            [
                "count": .int(arguments.int("limit")), "name": .optional(arguments.string("name")),
                "status": .optional(arguments.string("status")),
            ]
        }
        #expect(try await bench.data(tool, ["name": "", "status": ""]) == ["count": 20, "name": .null, "status": .null])
        #expect(try await bench.data(tool, ["limit": .number(JSONNumber(5.0) ?? JSONNumber(5))])["count"] == 5)
    }

    // MARK: INVALID_PARAMS (servers.md §2)

    @Test func allViolationsAreCollected() async throws {
        let error = try await bench.error(FakeTools.list(), ["name": 1, "limit": "5", "extra": true])
        let paths = error["details"]?.arrayValue?.compactMap { $0["path"]?.stringValue }
        #expect(paths == ["name", "limit", "extra"])
    }

    @Test func theOffendingValueIsNeverRepeated() async throws {
        let error = try await bench.error(FakeTools.list(), ["status": "sesame-open", "limit": 987_654_321])
        let text = JSONValue.object(error).text()
        #expect(!text.contains("sesame"))
        #expect(!text.contains("987654321"))
    }

    @Test func atMost20ViolationsAreListedAndOneTellsHowManyAreLeftOut() async throws {
        let items = ObjectSchema([.array("list", "L.", items: .string(enum: ["a"]), maxItems: 100, required: true)])
        let tool = CloudTool(
            name: "fake_many",
            title: "T",
            description: "D.",
            role: .fixed(.readonly),
            effect: .reads,
            input: items,
            output: ["type": "object"],
            body: .immediate { _, _ in [:] }
        )
        let error = try await bench.error(tool, ["list": .array(Array(repeating: "b", count: 27))])
        let details = try #require(error["details"]?.arrayValue)
        #expect(details.count == 21)
        #expect(details[19]["path"] == "list[19]")
        #expect(details[20]["path"] == "")
        #expect(details[20]["message"]?.stringValue?.contains("7 more") == true)
    }

    @Test func aToolMayRewordInvalidParams() async throws {
        let tool = CloudTool(
            name: "fake_reword",
            title: "T",
            description: "D.",
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([.string("task", "T.", nullable: true, enum: ["x"])]),
            output: ["type": "object"],
            rewordInvalidParams: { error in
                guard error.details.map(\.path) == ["task"] else { return error }
                return ToolError(code: "INVALID_TASK", message: "No such task.", details: error.details)
            },
            body: .immediate { _, _ in [:] }
        )
        #expect(try await bench.error(tool, ["task": "y"])["code"] == "INVALID_TASK")
        #expect(try await bench.error(tool, ["task": "y", "z": 1])["code"] == "INVALID_PARAMS")
    }
}
