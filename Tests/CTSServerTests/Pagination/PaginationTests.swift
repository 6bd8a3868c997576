import JSONRPC
import Testing

@testable import CTSServer

/// Every row of cts.md §5.
@Suite struct PaginationTests {
    private func page(_ ids: [String?], _ marker: String?) -> TracePage {
        TracePage(traces: ids.map { Trace(["trace_id": .optional($0)]) }, marker: marker)
    }

    private func outcome(_ action: Pagination.Action, sourceLocation: SourceLocation = #_sourceLocation) -> (
        ids: [String?], Pagination.Outcome
    ) {
        guard case .finish(let outcome) = action else {
            Issue.record("the walk goes on", sourceLocation: sourceLocation)
            return ([], Pagination.Outcome(traces: [], nextMarker: nil, isTruncated: false))
        }
        return (outcome.traces.map(\.id), outcome)
    }

    private func next(_ action: Pagination.Action, sourceLocation: SourceLocation = #_sourceLocation) -> PageRequest? {
        guard case .fetch(let page) = action else {
            Issue.record("the walk is over", sourceLocation: sourceLocation)
            return nil
        }
        return page
    }

    @Test(arguments: [nil, "m"])
    func aSinglePageIsOneRequestWithTheLimit(_ marker: String?) {
        var walk = Pagination(pageSize: 2, maximumResults: nil, marker: marker)
        #expect(walk.firstPage == PageRequest(limit: 2, marker: marker))
        let (ids, outcome) = outcome(walk.receive(page(["a", "b", "c"], "z")))
        #expect(ids == ["a", "b", "c"])
        #expect(outcome.nextMarker == "z")
        #expect(!outcome.isTruncated)
        #expect(outcome.warnings.isEmpty)
    }

    @Test func aSinglePageWithoutMarkerIsTheLast() {
        var walk = Pagination(pageSize: 2, maximumResults: nil, marker: nil)
        #expect(outcome(walk.receive(page(["a"], nil))).1.nextMarker == nil)
    }

    @Test func everyRequestAsksForWhatIsMissingButAtMostAPage() {
        var walk = Pagination(pageSize: 3, maximumResults: 7, marker: "start")
        #expect(walk.firstPage == PageRequest(limit: 3, marker: "start"))
        #expect(next(walk.receive(page(["a", "b", "c"], "c"))) == PageRequest(limit: 3, marker: "c"))
        #expect(next(walk.receive(page(["d", "e", "f"], "f"))) == PageRequest(limit: 1, marker: "f"))
        #expect(Pagination(pageSize: 10, maximumResults: 4, marker: nil).firstPage == PageRequest(limit: 4, marker: nil))
    }

    @Test func anEmptyMarkerEndsTheWalk() {
        var walk = Pagination(pageSize: 3, maximumResults: 7, marker: nil)
        _ = walk.receive(page(["a"], "a"))
        let (ids, outcome) = outcome(walk.receive(page(["b"], nil)))
        #expect(ids == ["a", "b"])
        #expect(outcome.nextMarker == nil)
        #expect(!outcome.isTruncated)
    }

    @Test func theMostRowsEndTheWalkWithoutAnotherRequest() {
        var walk = Pagination(pageSize: 2, maximumResults: 2, marker: nil)
        let (ids, outcome) = outcome(walk.receive(page(["a", "b"], "b")))
        #expect(ids == ["a", "b"])
        #expect(outcome.nextMarker == "b")
        #expect(outcome.isTruncated)
        #expect(outcome.warnings.isEmpty)
    }

    @Test func theMostRowsOnTheLastPageAreNoTruncation() {
        var walk = Pagination(pageSize: 2, maximumResults: 2, marker: nil)
        let (_, outcome) = outcome(walk.receive(page(["a", "b"], nil)))
        #expect(outcome.nextMarker == nil)
        #expect(!outcome.isTruncated)
    }

    @Test(arguments: [nil, "d"])
    func ofAPageWithMoreRowsThanAreMissingOnlyThoseAreKept(_ marker: String?) {
        var walk = Pagination(pageSize: 2, maximumResults: 3, marker: nil)
        _ = walk.receive(page(["a", "b"], "b"))
        let (ids, outcome) = outcome(walk.receive(page(["c", "d"], marker)))
        #expect(ids == ["a", "b", "c"])
        #expect(outcome.nextMarker == "c")
        #expect(outcome.isTruncated)
    }

    @Test func withoutAnIdOfTheLastKeptRowTheMarkerThatFetchedThePageCounts() {
        var walk = Pagination(pageSize: 2, maximumResults: 3, marker: nil)
        _ = walk.receive(page(["a", "b"], "b"))
        #expect(outcome(walk.receive(page([nil, "d"], "d"))).1.nextMarker == "b")
        var first = Pagination(pageSize: 1, maximumResults: 1, marker: "m")
        #expect(outcome(first.receive(page(["", "d"], "d"))).1.nextMarker == "m")
    }

    @Test func anEmptyPageWithAMarkerIsPassedOver() {
        var walk = Pagination(pageSize: 2, maximumResults: 3, marker: nil)
        #expect(next(walk.receive(page([], "x"))) == PageRequest(limit: 2, marker: "x"))
        #expect(outcome(walk.receive(page(["a"], nil))).ids == ["a"])
    }

    @Test func fiftyPagesAreTheMost() {
        var walk = Pagination(pageSize: 1, maximumResults: 2_000, marker: nil)
        for number in 1..<50 { #expect(next(walk.receive(page(["\(number)"], "\(number)")))?.marker == "\(number)") }
        let (ids, outcome) = outcome(walk.receive(page(["50"], "50")))
        #expect(ids.count == 50)
        #expect(outcome.nextMarker == "50")
        #expect(outcome.isTruncated)
        #expect(outcome.warnings.isEmpty)
    }

    @Test(arguments: ["m", "a", "b"])
    func aMarkerThatWasSeenStopsTheWalkWithAWarning(_ repeated: String) {
        var walk = Pagination(pageSize: 2, maximumResults: 100, marker: "m")
        _ = walk.receive(page(["a"], "a"))
        _ = walk.receive(page(["b"], "b"))
        let (ids, outcome) = outcome(walk.receive(page(["c"], repeated)))
        #expect(ids == ["a", "b", "c"])
        #expect(outcome.nextMarker == nil)
        #expect(outcome.isTruncated)
        #expect(outcome.warnings.count == 1)
        #expect(outcome.warnings.first?.hasPrefix("next_marker: ") == true)
    }

    @Test func aSeenMarkerIsNeverHandedOutForResuming() {
        var walk = Pagination(pageSize: 1, maximumResults: 2, marker: nil)
        _ = walk.receive(page(["a"], "a"))
        #expect(outcome(walk.receive(page(["b"], "a"))).1.nextMarker == nil)
    }

    @Test func markersAreComparedByBytes() {
        var walk = Pagination(pageSize: 1, maximumResults: 5, marker: "e\u{301}")
        #expect(next(walk.receive(page(["x"], "\u{E9}")))?.marker == "\u{E9}")
    }

    /// An API with so many rows that answers up to `limit` rows behind a marker, at its whim fewer, none or too many.
    private struct WhimsicalAPI {
        let count: Int
        var random: UInt64

        mutating func answer(_ request: PageRequest) -> [Int] {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let start = request.marker.flatMap { Int($0.split(separator: ".").first ?? "") } ?? 0
            let whim = Int(random >> 33) % 6
            let size = whim == 0 ? 0 : whim == 1 ? request.limit + 2 : whim == 2 ? (request.limit + 1) / 2 : request.limit
            return Array((start + 1)..<(min(start + size, count) + 1))
        }
    }

    @Test(arguments: 0..<60)
    func everyRowArrivesExactlyOnceOverAllResumptions(_ seed: Int) {
        let count = [0, 1, 5, 37, 120][seed % 5]
        let limit = [1, 2, 7, 50][seed % 4]
        let most = [1, 3, 10, 25, 200][(seed / 5) % 5]
        var api = WhimsicalAPI(count: count, random: UInt64(seed))
        var marker: String?
        var rows: [String] = []
        var serial = 0
        for _ in 0..<1_000 {
            var walk = Pagination(pageSize: limit, maximumResults: most, marker: marker)
            var request = walk.firstPage
            var result: Pagination.Outcome?
            while result == nil {
                #expect(request.limit <= limit)
                let ids = api.answer(request)
                let last = ids.last ?? request.marker.flatMap { Int($0.split(separator: ".").first ?? "") } ?? 0
                serial += 1
                // An empty page moves on by a marker of its own.
                let next = last >= count ? nil : ids.isEmpty ? "\(last).\(serial)" : "\(last)"
                switch walk.receive(page(ids.map(String.init), next)) {
                case .fetch(let page): request = page
                case .finish(let outcome): result = outcome
                }
            }
            guard let result else { break }
            rows += result.traces.compactMap(\.id)
            #expect(result.traces.count <= most)
            #expect(result.isTruncated == (result.nextMarker != nil))
            guard let next = result.nextMarker else { break }
            marker = next
        }
        #expect(rows == (0..<count).map { String($0 + 1) })
    }
}
