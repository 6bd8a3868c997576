import AuthCommon
import HuaweiCloud
import JSONRPC
import MCP
import ProcessSupport
import Synchronization
import TestSupport
import Testing

@testable import CloudServer
@testable import MCPServer

@Suite(.timeLimit(.minutes(1))) struct ServedFeaturesTests {
    private let bench = ToolBench()

    /// A tool that reads things by id.
    private static func get(_ body: @escaping @Sendable (Arguments) throws -> JSONObject = { ["id": .string($0.text("id"))] }) -> CloudTool
    {
        CloudTool(
            name: "fake_get",
            title: "Get",
            description: "Gets.",
            role: .fixed(.operator),
            effect: .reads,
            input: ObjectSchema([.string("id", "Which.", maxLength: 8, pattern: "^[a-z ]+$", required: true)]),
            output: ["type": "object"],
            body: .immediate { arguments, _ in try body(arguments) }
        )
    }

    private static let suggestions = Suggestions(allowedBy: "fake_list") { input, _ in input.matches(in: ["web", "Web-2", "db-web", "x"]) }

    private static func features(_ suggestions: Suggestions = suggestions) -> ServerFeatures {
        ServerFeatures(
            resources: [
                ResourceFamily(
                    "huaweicloud://fake/things/{id}",
                    name: "fake-thing",
                    title: "Thing",
                    description: "A thing.",
                    tool: "fake_get",
                    arguments: { ["id": .string($0["id"] ?? "")] },
                    missingCodes: ["GONE"],
                    suggestions: ["id": suggestions]
                )
            ],
            prompts: [
                CloudPrompt(
                    name: "fake_job",
                    title: "Job",
                    description: "A whole job.",
                    arguments: [.init("thing", "Which.", required: true, suggestions: suggestions), .init("note", "Free text.")],
                    tools: ["fake_list", "fake_get"],
                    text: { "Look at \($0.text("thing")) with fake_get. \($0["note"] ?? "No note.")" }
                )
            ]
        )
    }

    private func served(
        _ get: CloudTool = Self.get(),
        features: ServerFeatures = Self.features(),
        exclude: [Glob] = []
    ) throws -> ServedFeatures {
        let toolbox = Toolbox(
            [FakeTools.list(), get],
            confirmation: Confirmation(),
            filter: ToolFilter(exclude: exclude),
            approvals: bench.environment.approvals
        )
        return ServedFeatures(features, tools: try toolbox.serverTools(bench.environment), environment: bench.environment)
    }

    private func read(
        _ uri: String,
        _ served: ServedFeatures,
        as identity: Identity? = .admin
    ) async throws -> [ResourceContents]? {
        let resources = try #require(served.resources)
        return try await resources.read(uri, bench.context(identity))
    }

    private func failing(_ error: any Error) -> CloudTool { Self.get { _ in throw error } }

    // MARK: Resources

    @Test func aResourceIsWhatTheToolAnswers() async throws {
        let contents = try await read("huaweicloud://fake/things/a%20b", served())
        #expect(contents?.count == 1)
        #expect(contents?.first?.uri == "huaweicloud://fake/things/a%20b")
        #expect(contents?.first?.mimeType == "application/json")
        #expect(contents?.first?.body == .text(#"{"id":"a b"}"#))
        let record = try #require(bench.logs.records("tool-ok").first)
        #expect(record["tool"] == "fake_get")
        #expect(record["sub"] == "ada")
        #expect(record["params"] == ["id": "a b"])
    }

    @Test func theTemplateIsListed() throws {
        let resources = try #require(try served().resources)
        #expect(resources.resources.isEmpty)
        #expect(resources.templates.map(\.uriTemplate) == ["huaweicloud://fake/things/{id}"])
    }

    @Test(arguments: [
        "huaweicloud://fake/things/", "huaweicloud://fake/things/a/b", "huaweicloud://fake/other/a", "huaweicloud://fake/things/A1",
        "huaweicloud://fake/things/far-too-long", "huaweicloud://fake/things/a?b", "file:///etc/passwd", "", "huaweicloud://fake/things/%",
    ])
    func aURIThatNamesNothingIsNotFound(_ uri: String) async throws {
        #expect(try await read(uri, served()) == nil)
    }

    @Test(
        arguments: [
            ToolError(code: "NOT_FOUND", message: "no"), ToolError(code: "GONE", message: "no", statusCode: 400),
            ToolError(code: "X.1", message: "no", statusCode: 404),
        ]
    )
    func whatTheCloudDoesNotHaveIsNotFound(_ error: ToolError) async throws {
        #expect(try await read("huaweicloud://fake/things/a", served(failing(error))) == nil)
    }

    @Test(
        arguments: [
            (ToolError(code: "APIGW.0101", message: "not published", statusCode: 404), 404),
            (ToolError(code: "X.2", message: "busy", statusCode: 503, retryable: true), 503),
            (ToolError(code: "UPSTREAM_TIMEOUT", message: "slow", retryable: true), 500),
        ] as [(ToolError, Int)]
    )
    func everyOtherFailureIsAnErrorOutsideTheReservedRange(_ error: ToolError, _ code: Int) async throws {
        do {
            _ = try await read("huaweicloud://fake/things/a", served(failing(error)))
            Issue.record("no error")
        } catch let failure as JSONRPCError {
            #expect(failure.code == JSONRPCError.Code(code))
            #expect(failure.message == error.message)
            #expect(failure.data == .object(error.json))
        }
        #expect(bench.logs.records("tool-error").count == 1)
    }

    @Test func theRoleOfTheToolIsNeeded() async throws {
        for (identity, code) in [(Identity.reader, 403), (nil, 401)] {
            do {
                _ = try await read("huaweicloud://fake/things/a", served(), as: identity)
                Issue.record("no error")
            } catch let failure as JSONRPCError {
                #expect(failure.code == JSONRPCError.Code(code))
            }
        }
    }

    @Test func withoutTheToolThereIsNoResource() async throws {
        #expect(try served(exclude: [Glob("fake_get")]).resources == nil)
        let policy = try #require(ToolPolicy(exclude: ["fake_get"]))
        #expect(try await read("huaweicloud://fake/things/a", served(), as: Identity.admin.restricted(to: policy)) == nil)
    }

    // MARK: Prompts

    private func listed(_ identity: Identity?, exclude: [Glob] = []) throws -> [String] {
        try served(exclude: exclude).prompts.filter { $0.isListed(bench.context(identity)) }.map(\.definition.name)
    }

    @Test func aPromptIsForThoseWhoMayUseAllItsTools() throws {
        #expect(try listed(.op) == ["fake_job"])
        #expect(try listed(.reader) == [])
        #expect(try listed(nil) == [])
        #expect(try listed(.admin, exclude: [Glob("fake_list")]) == [])
        #expect(try listed(Identity.admin.restricted(to: ToolPolicy(exclude: ["fake_list"]))) == [])
    }

    private func text(_ arguments: [String: String]) async throws -> String {
        let prompt = try #require(try served().prompts.first)
        let result = try await prompt.get(arguments, bench.context(.admin))
        #expect(result.messages.count == 1)
        guard case .text(let text)? = result.messages.first?.content else { return "" }
        return text
    }

    @Test func argumentsAreWrittenIntoTheInstructions() async throws {
        #expect(try await text(["thing": "web"]) == "Look at web with fake_get. No note.")
        #expect(try await text(["thing": "web", "note": "Now.", "more": "x"]) == "Look at web with fake_get. Now.")
    }

    @Test func argumentsAreOneBoundedLineEach() async throws {
        #expect(try await text(["thing": " a\n\nb\u{202E} ", "note": " \n"]) == "Look at a b with fake_get. No note.")
        #expect(try await text(["thing": ""]) == "Look at ? with fake_get. No note.")
        let long = try await text(["thing": String(repeating: "x", count: 10_000)])
        #expect(long.unicodeScalars.count < 400)
    }

    // MARK: Suggestions

    private func suggest(
        _ reference: CompleteRequest.Reference,
        _ argument: String,
        _ value: String = "",
        _ served: ServedFeatures? = nil,
        as identity: Identity? = .admin
    ) async throws -> Completion? {
        let served = try served ?? self.served()
        let type: JSONObject =
            switch reference {
            case .prompt(let name): ["type": "ref/prompt", "name": .string(name)]
            case .resource(let uri): ["type": "ref/resource", "uri": .string(uri)]
            }
        let request = try CompleteRequest(
            params: ["ref": .object(type), "argument": ["name": .string(argument), "value": .string(value)]]
        )
        let complete = try #require(served.complete)
        return try await complete(request, bench.context(identity))
    }

    private static let template = CompleteRequest.Reference.resource("huaweicloud://fake/things/{id}")

    @Test func valuesThatBeginWithWhatWasTypedComeFirst() async throws {
        #expect(try await suggest(Self.template, "id", "WEB") == Completion(values: ["web", "Web-2", "db-web"], total: 3))
        #expect(try await suggest(.prompt("fake_job"), "thing", "x") == Completion(values: ["x"], total: 1))
        #expect(try await suggest(.prompt("fake_job"), "thing")?.values.count == 4)
    }

    @Test func whatDoesNotExistIsUnknown() async throws {
        #expect(try await suggest(.prompt("nope"), "thing") == nil)
        #expect(try await suggest(.resource("huaweicloud://fake/things/a"), "id") == nil)
        #expect(try await suggest(.prompt("fake_job"), "thing", as: .reader) == nil)
        #expect(try await suggest(Self.template, "id", as: Identity.admin.restricted(to: ToolPolicy(exclude: ["fake_get"]))) == nil)
    }

    @Test func argumentsWithoutSuggestionsHaveNone() async throws {
        #expect(try await suggest(.prompt("fake_job"), "note") == Completion(values: []))
        #expect(try await suggest(.prompt("fake_job"), "nonsense") == Completion(values: []))
        #expect(try await suggest(Self.template, "nonsense") == Completion(values: []))
    }

    @Test func theToolBehindThemMustBeAllowed() async throws {
        let policy = try #require(ToolPolicy(exclude: ["fake_list"]))
        #expect(try await suggest(Self.template, "id", as: Identity.admin.restricted(to: policy)) == Completion(values: []))
        #expect(try await suggest(Self.template, "id", as: nil) == Completion(values: []))
        #expect(try await suggest(Self.template, "id", "", served(exclude: [Glob("fake_list")])) == Completion(values: []))
        #expect(try await suggest(Self.template, "id", as: Identity(subject: "n", roles: [])) == Completion(values: []))
    }

    @Test func atMost100AreGivenEachOnceAndOnlyThoseThatCanBeShown() async throws {
        let many = Suggestions(allowedBy: nil) { _, _ in
            ["", "a\nb", " c", String(repeating: "x", count: 257), "1", "1"] + (1...150).map(String.init)
        }
        let completion = try await suggest(Self.template, "id", "", served(features: Self.features(many)))
        #expect(completion?.values == (1...100).map(String.init))
        #expect(completion?.total == 150)
    }

    @Test(arguments: [CloudError(code: "503", message: "busy"), ToolError(code: "X", message: "no")] as [any Error & Sendable])
    func failuresGiveNone(_ error: any Error & Sendable) async throws {
        let broken = Suggestions(allowedBy: "fake_list") { _, _ in throw error }
        #expect(try await suggest(Self.template, "id", "", served(features: Self.features(broken)))?.values == [])
        #expect(bench.logs.records("no-suggestions").count == 1)
    }

    @Test func theCloudHas5Seconds() async throws {
        let seen = Mutex<Duration?>(nil)
        let timed = Suggestions(allowedBy: nil) { _, _ in
            seen.withLock { $0 = CloudDeadline.current?.remaining }
            return []
        }
        _ = try await suggest(Self.template, "id", "", served(features: Self.features(timed)))
        #expect(seen.withLock { $0 } == .seconds(5))
    }

    @Test func fixedValuesNeedNoTool() async throws {
        let regions = Suggestions.fixed(["af-south-1", "cn-north-4"])
        let completion = try await suggest(Self.template, "id", "cn", served(features: Self.features(regions)))
        #expect(completion == Completion(values: ["cn-north-4"], total: 1))
    }

    @Test func aServerWithoutFeaturesDeclaresNone() throws {
        let served = try served(features: ServerFeatures())
        #expect(served.resources == nil)
        #expect(served.prompts.isEmpty)
        #expect(served.complete == nil)
    }
}
