import HuaweiCloud
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// The REST mapping of pipeline.md §7, byte for byte.
@Suite struct PipelineRequestTests {
    private static let project = CodeArtsProject(id: Bench.project)

    /// Method, path with query, and body of a request as they go on the wire; nil for no body.
    private func wire(_ request: some PipelineRequest, in project: CodeArtsProject = Self.project) -> [String?] {
        let cloud = request.cloudRequest(in: project, cloudProjectID: nil)
        let query = CanonicalQuery.make(cloud.query)
        return [
            cloud.method, query.isEmpty ? cloud.path : cloud.path + "?" + query, cloud.body.map { String(decoding: $0, as: UTF8.self) },
        ]
    }

    @Test func listIsAPostToList() {
        #expect(
            wire(ListPipelinesRequest(query: ["project_id": "p", "offset": 0, "limit": 20]))
                == ["POST", Bench.pipelines("/list"), #"{"project_id":"p","offset":0,"limit":20}"#]
        )
    }

    @Test func detailIsAGet() { #expect(wire(ShowPipelineRequest(id: "p1")) == ["GET", Bench.pipelines("/p1"), nil]) }

    @Test func runIsAPostToRun() {
        #expect(wire(RunPipelineRequest(id: "p1", body: [:])) == ["POST", Bench.pipelines("/p1/run"), "{}"])
    }

    @Test func updateIsAPutWithTheComponentIfThereIsOne() {
        #expect(
            wire(UpdatePipelineRequest(id: "p1", componentID: nil, body: ["name": "n"]))
                == ["PUT", Bench.pipelines("/p1"), #"{"name":"n"}"#]
        )
        #expect(
            wire(UpdatePipelineRequest(id: "p1", componentID: "c 1", body: [:])) == [
                "PUT", Bench.pipelines("/p1?component_id=c%201"), "{}",
            ]
        )
    }

    @Test func enableAndDisableArePutsWithoutABody() {
        #expect(wire(SetPipelineStatusRequest(id: "p1", status: .enabled)) == ["PUT", Bench.pipelines("/p1/unban"), nil])
        #expect(wire(SetPipelineStatusRequest(id: "p1", status: .disabled)) == ["PUT", Bench.pipelines("/p1/ban"), nil])
    }

    @Test func idsAreOnePercentEncodedSegmentEach() {
        #expect(
            wire(ShowPipelineRequest(id: "a/../b?c"), in: CodeArtsProject(id: "x/y"))
                == ["GET", "/v5/x%2Fy/api/pipelines/a%2F..%2Fb%3Fc", nil]
        )
    }

    @Test func onlyTheListAndTheDetailMayBeRepeated() {
        #expect(ListPipelinesRequest(query: [:]).idempotency == .read)
        #expect(ShowPipelineRequest(id: "p").idempotency == .read)
        #expect(RunPipelineRequest(id: "p", body: [:]).idempotency == .write)
        #expect(UpdatePipelineRequest(id: "p", componentID: nil, body: [:]).idempotency == .write)
        #expect(SetPipelineStatusRequest(id: "p", status: .enabled).idempotency == .write)
        #expect(SetPipelineStatusRequest(id: "p", status: .disabled).idempotency == .write)
    }

    @Test func theCloudProjectIdIsOnlySentAlong() {
        let request = ShowPipelineRequest(id: "p")
        #expect(request.cloudRequest(in: Self.project, cloudProjectID: nil).projectID == nil)
        #expect(request.cloudRequest(in: Self.project, cloudProjectID: "cloud").projectID == "cloud")
        #expect(request.cloudRequest(in: Self.project, cloudProjectID: "cloud").path == Bench.pipelines("/p"))
    }
}
