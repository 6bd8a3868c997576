import Foundation
import HuaweiCloud
import ProcessSupport
import Testing

/// huaweicloud-http.md §4.
@Suite(.timeLimit(.minutes(1)))
struct ProjectIDResolverTests {
    private func failure(_ step: ScriptedTransport.Step) async -> CloudError? {
        let resolver = ProjectIDResolver(configured: nil, client: Fixture(step, retries: 0).client)
        do throws(CloudError) {
            _ = try await resolver.projectID()
            return nil
        } catch { return error }
    }

    @Test func theConfiguredOneIsUsedWithoutALookup() async throws {
        let fixture = Fixture(.hang)
        let resolver = ProjectIDResolver(configured: "p1", client: fixture.client)
        #expect(try await resolver.projectID() == "p1")
        #expect(resolver.source == .configured)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test(arguments: [nil, ""] as [String?])
    func otherwiseIAMIsAskedOnce(_ configured: String?) async throws {
        let fixture = Fixture([.answer(200, #"{"projects":[{"id":"p2","name":"af-south-1"}]}"#)], token: "tok")
        let resolver = ProjectIDResolver(configured: configured, client: fixture.client)
        #expect(resolver.source == .lookup)
        #expect(try await resolver.projectID() == "p2")
        #expect(try await resolver.projectID() == "p2")
        let requests = fixture.transport.requests
        #expect(requests.count == 1)
        #expect(requests.first?.method == "GET")
        #expect(requests.first?.endpoint.description == "https://iam.af-south-1.myhuaweicloud.com")
        #expect(requests.first?.target == "/v3/projects?name=af-south-1")
        #expect(requests.first?.headers.fields.map(\.name) == ["User-Agent", "X-Security-Token", "X-Sdk-Date", "Host", "Authorization"])
        #expect(requests.first?.body == [])
    }

    @Test func whatIsKnownIsToldWithoutALookup() async throws {
        let fixture = Fixture([.answer(200, #"{"projects":[{"id":"p2","name":"af-south-1"}]}"#)])
        #expect(await ProjectIDResolver(configured: "p1", client: fixture.client).knownProjectID() == "p1")
        let resolver = ProjectIDResolver(configured: nil, client: fixture.client)
        #expect(await resolver.knownProjectID() == nil)
        #expect(fixture.transport.requests.isEmpty)
        _ = try await resolver.projectID()
        #expect(await resolver.knownProjectID() == "p2")
        #expect(fixture.transport.requests.count == 1)
    }

    @Test func simultaneousCallersShareOneRequest() async throws {
        let gate = GatedTransport(TransportResponse(status: 200, body: Array(#"{"projects":[{"id":"p3"}]}"#.utf8)))
        let resolver = ProjectIDResolver(configured: nil, client: gate.client())
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await resolver.projectID() } }
            await gate.waitForRequest()
            gate.open()
            for try await id in group { #expect(id == "p3") }
        }
        #expect(gate.count == 1)
    }

    @Test func aCancelledCallerDoesNotDisturbTheOthers() async throws {
        let gate = GatedTransport(TransportResponse(status: 200, body: Array(#"{"projects":[{"id":"p4"}]}"#.utf8)))
        let resolver = ProjectIDResolver(configured: nil, client: gate.client())
        let first = Task { await Self.result(resolver) }
        await gate.waitForRequest()
        let second = Task { await Self.result(resolver) }
        first.cancel()
        guard case .failure(let error) = await first.value else {
            Issue.record("not cancelled")
            return
        }
        #expect(error.isCancellation)
        gate.open()
        #expect(try await second.value.get() == "p4")
    }

    private static func result(_ resolver: ProjectIDResolver) async -> Result<String, CloudError> {
        do throws(CloudError) { return .success(try await resolver.projectID()) } catch { return .failure(error) }
    }

    @Test func failuresAreNotKept() async throws {
        let fixture = Fixture(.answer(500), .answer(200, #"{"projects":[{"id":"p5"}]}"#), retries: 0)
        let resolver = ProjectIDResolver(configured: nil, client: fixture.client)
        await #expect(throws: CloudError.self) { try await resolver.projectID() }
        #expect(try await resolver.projectID() == "p5")
    }

    @Test(arguments: [
        #"{"projects":[]}"#, "{}", #"{"projects":null}"#, #"{"projects":[{"name":"x"},{"id":""},{"id":null},7]}"#,
    ])
    func noProject(_ body: String) async {
        let error = await failure(.answer(200, body, ["X-Request-Id": "r"]))
        #expect(error?.code == "PROJECT_ID_LOOKUP_FAILED")
        #expect(error?.hint?.contains("region") == true)
        #expect(error?.hint?.contains("HUAWEICLOUD_PROJECT_ID") == true)
        #expect(error?.statusCode == 200)
        #expect(error?.requestID == "r")
        #expect(error?.retryable == false)
    }

    @Test func severalProjectsAreListed() async {
        let error = await failure(.answer(200, #"{"projects":[{"id":"aa"},{"id":"bb"}]}"#))
        #expect(error?.code == "PROJECT_ID_LOOKUP_FAILED")
        #expect(error?.message.contains("aa, bb") == true)
        #expect(error?.hint?.contains("HUAWEICLOUD_PROJECT_ID") == true)
    }

    @Test func entriesWithoutAnIDDoNotCount() async throws {
        let fixture = Fixture(.answer(200, #"{"projects":[{"name":"x"},{"id":"only"}]}"#))
        #expect(try await ProjectIDResolver(configured: nil, client: fixture.client).projectID() == "only")
    }

    @Test(arguments: ["../x", "a b", "a/b", "a\\nX-Evil: 1", String(repeating: "a", count: 65)])
    func anIDThatIsUnfitForAPathIsRefused(_ id: String) async {
        #expect(await failure(.answer(200, #"{"projects":[{"id":"\#(id)"}]}"#))?.code == "PROJECT_ID_LOOKUP_FAILED")
    }

    @Test(arguments: [(403, false), (429, true), (500, false), (503, true)])
    func httpErrorsKeepTheirMembers(status: Int, retryable: Bool) async {
        let body = #"{"error":{"code":"IAM.0003","message":"denied"}}"#
        let error = await failure(.answer(status, body, ["X-IAM-Trace-Id": "t"]))
        #expect(error?.code == "PROJECT_ID_LOOKUP_FAILED")
        #expect(error?.message.contains("IAM.0003") == true)
        #expect(error?.message.contains("denied") == true)
        #expect(error?.statusCode == status)
        #expect(error?.requestID == "t")
        #expect(error?.retryable == retryable)
        #expect(error?.hint?.contains("HUAWEICLOUD_PROJECT_ID") == true)
    }

    @Test(arguments: [
        ScriptedTransport.Step.failure(.timeout, sent: true), .failure(.connection), .failure(.nameResolution), .failure(.tls),
        .failure(.broken, sent: true),
    ])
    func failuresOfTheConnectionAreRetryable(_ step: ScriptedTransport.Step) async {
        let error = await failure(step)
        #expect(error?.code == "PROJECT_ID_LOOKUP_FAILED")
        #expect(error?.retryable == true)
        #expect(error?.statusCode == nil)
    }

    @Test(arguments: ["<html>", "[]", ""])
    func anInvalidAnswerIsAFailedLookup(_ body: String) async {
        let error = await failure(.answer(200, body))
        #expect(error?.code == "PROJECT_ID_LOOKUP_FAILED")
        #expect(error?.retryable == false)
    }

    @Test func withoutAnIAMEndpointTheRegionIsUnsupported() async {
        let fixture = Fixture([.answer(200)], region: "lab-1")
        let error = await #expect(throws: CloudError.self) {
            try await ProjectIDResolver(configured: nil, client: fixture.client).projectID()
        }
        #expect(error?.code == "UNSUPPORTED_REGION")
        #expect(error?.hint?.contains("HUAWEICLOUD_SDK_IAM_ENDPOINT") == true)
        #expect(error?.hint?.contains("HUAWEICLOUD_PROJECT_ID") == true)
    }
}
