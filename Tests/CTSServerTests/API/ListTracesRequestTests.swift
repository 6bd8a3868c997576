import HuaweiCloud
import Testing

@testable import CTSServer

/// Requests, byte for byte (cts.md §8).
@Suite struct ListTracesRequestTests {
    private static let range = TimeRange(from: 1_768_461_330_250, to: 1_768_464_930_250)

    private func wire(_ request: ListTracesRequest) -> String {
        let request = request.cloudRequest(projectID: "p id")
        return "\(request.method) \(request.path)?\(CanonicalQuery.make(request.query))"
    }

    @Test func aSearchWithoutFiltersSendsWindowTypeAndLimit() {
        let request = ListTracesRequest(traceType: "system", range: Self.range, filters: TraceFilters(), page: PageRequest(limit: 10))
        #expect(wire(request) == "GET /v3/p%20id/traces?from=1768461330250&limit=10&to=1768464930250&trace_type=system")
    }

    @Test func aSearchSendsEveryFilterThatIsGiven() {
        let filters = TraceFilters(
            serviceType: "ECS",
            user: "ada & bob",
            traceRating: "incident",
            traceName: "deleteServer",
            resourceType: "ecs",
            resourceName: "web/1",
            resourceID: "密"
        )
        let request = ListTracesRequest(
            traceType: "data",
            range: Self.range,
            filters: filters,
            page: PageRequest(limit: 200, marker: "m=1")
        )
        #expect(
            wire(request)
                == "GET /v3/p%20id/traces?from=1768461330250&limit=200&next=m%3D1&resource_id=%E5%AF%86&resource_name=web%2F1&resource_type=ecs"
                + "&service_type=ECS&to=1768464930250&trace_name=deleteServer&trace_rating=incident&trace_type=data&user=ada%20%26%20bob"
        )
    }

    @Test func aDetailSendsTypeIdAndWindowAndNoLimit() {
        let request = ListTracesRequest(traceType: "system", range: Self.range, traceID: "t/1")
        #expect(wire(request) == "GET /v3/p%20id/traces?from=1768461330250&to=1768464930250&trace_id=t%2F1&trace_type=system")
    }

    @Test func everyRequestIsAReadOfTheProject() {
        let request = ListTracesRequest(traceType: "system", range: Self.range, traceID: "t").cloudRequest(projectID: "p")
        #expect(request.idempotency == .read)
        #expect(request.projectID == "p")
        #expect(request.body == nil)
        #expect(request.service == .cts)
    }
}
