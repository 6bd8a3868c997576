import NIOCore
import Testing

@testable import Gateway

@Suite struct EventBoundaryTests {
    private func boundary(_ chunks: [String]) -> EventBoundary {
        var boundary = EventBoundary()
        for chunk in chunks {
            let bytes = Array(chunk.utf8)
            boundary.advance(over: bytes.span)
        }
        return boundary
    }

    @Test(
        "between events",
        arguments: [
            "", "\n", "data: x\n\n", "data: x\r\n\r\n", "data: x\r\r", "data: x\n\r\n", "data: x\r\n\n", ": comment\n", ": comment\r\n",
            "data: x\n\n: ping\n", "\n\n\n", "id: 1\ndata: a\ndata: b\n\n", "data: x\r\n\r",
        ]
    )
    func between(_ text: String) {
        #expect(boundary([text]).isBetweenEvents)
        #expect(boundary(text.unicodeScalars.map { String($0) }).isBetweenEvents)
    }

    @Test(
        "inside an event",
        arguments: [
            "d", "data: x", "data: x\n", "data: x\r", "data: x\r\n", "data: x\n: comment\n", "data: a\n\ndata: b\n", ": comm",
            "data: x\n\nid: 1\n",
            "retry: 5\n", "data: x\n\n:",
        ]
    )
    func inside(_ text: String) {
        #expect(!boundary([text]).isBetweenEvents)
        #expect(!boundary(text.unicodeScalars.map { String($0) }).isBetweenEvents)
    }

    @Test func anySplitGivesTheSame() {
        let text = ": c\r\ndata: a\r\n\r\nevent: x\ndata: b\n\ndata: c\r\rid: 9\r\ndata: d\r\n\r\n: e\n"
        let scalars = Array(text.unicodeScalars)
        for end in 0...scalars.count {
            let whole = boundary([String(String.UnicodeScalarView(scalars[..<end]))])
            for split in 0...end {
                let parts = [String(String.UnicodeScalarView(scalars[..<split])), String(String.UnicodeScalarView(scalars[split..<end]))]
                #expect(boundary(parts).isBetweenEvents == whole.isBetweenEvents)
                #expect(boundary(parts).isAtLineStart == whole.isAtLineStart)
            }
        }
    }

    @Test func theLastCommentCutsNothing() {
        func last(after text: String) -> String {
            var stream = EventStream(endpointUnder: nil)
            _ = try? stream.forward(.init(string: text)) { _ in nil }
            return String(buffer: stream.lastComment("token-expired"))
        }
        #expect(last(after: "data: x\n\n") == ": token-expired\n\n")
        #expect(last(after: "data: x\n") == ": token-expired\n")
        #expect(last(after: "data: x") == "\n: token-expired\n")
    }
}
