import JSONRPC

/// Walks over the pages of a search: every row arrives exactly once (cts.md §5).
///
/// Pure: it says what to ask for next, and is told what came.
struct Pagination: Sendable {
    /// The most pages that one call reads.
    static let maximumPages = 50

    /// What to do next.
    enum Action: Sendable {
        /// Ask for a page.
        case fetch(PageRequest)
        /// The search is over.
        case finish(Outcome)
    }

    /// What a search came to.
    struct Outcome: Sendable {
        /// The rows, in the API's order.
        var traces: [Trace]
        /// Where the rest begins; nil = there is none, or it cannot be reached.
        var nextMarker: String?
        /// Whether there is, or may be, more than was wanted.
        var isTruncated: Bool
        /// Sentences about the paging itself.
        var warnings: [String] = []
    }

    private let pageSize: Int
    private let maximumResults: Int?
    private var marker: String?
    private var traces: [Trace] = []
    private var pages = 0
    /// By bytes, as the API compares them.
    private var seen: Set<ExactString> = []

    /// A walk.
    ///
    /// - Parameters:
    ///   - pageSize: Rows per page.
    ///   - maximumResults: The most rows over all pages; nil = one page only.
    ///   - marker: Where the first page begins; nil = at the beginning.
    init(pageSize: Int, maximumResults: Int?, marker: String?) {
        self.pageSize = pageSize
        self.maximumResults = maximumResults
        self.marker = marker
        if let marker { seen.insert(ExactString(marker)) }
    }

    /// The first page.
    var firstPage: PageRequest { PageRequest(limit: min(pageSize, maximumResults ?? pageSize), marker: marker) }

    /// Takes the page that was asked for last.
    mutating func receive(_ page: TracePage) -> Action {
        pages += 1
        guard let maximumResults else {
            return .finish(Outcome(traces: page.traces, nextMarker: page.marker, isTruncated: false))
        }
        let missing = maximumResults - traces.count
        if page.traces.count > missing {
            traces += page.traces.prefix(missing)
            return finish(at: traces.last?.id ?? marker)
        }
        traces += page.traces
        guard let next = page.marker else { return .finish(Outcome(traces: traces, nextMarker: nil, isTruncated: false)) }
        // Before the other reasons to stop: resuming at such a marker would return rows a second time.
        guard seen.insert(ExactString(next)).inserted else { return finish(at: nil, warnings: [Self.repetition]) }
        guard traces.count < maximumResults, pages < Self.maximumPages else { return finish(at: next) }
        marker = next
        return .fetch(PageRequest(limit: min(pageSize, maximumResults - traces.count), marker: next))
    }

    private func finish(at marker: String?, warnings: [String] = []) -> Action {
        .finish(Outcome(traces: traces, nextMarker: marker, isTruncated: true, warnings: warnings))
    }

    private static let repetition =
        "next_marker: the API named a page that this call had read already, so there may be traces that are not shown; search a shorter time range."
}
