import Testing

@testable import Gateway

@Suite struct TraceContextTests {
    private static let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private func context(_ text: String) -> TraceContext? {
        let bytes = Array("x\(text)y".utf8)
        return TraceContext(bytes.span, 1..<bytes.count - 1)
    }

    @Test("a well-formed traceparent is read") func reads() throws {
        let trace = try #require(context(Self.good))
        #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(!trace.isNew)
    }

    @Test("a later version with more parts is read too") func later() {
        #expect(context("01" + Self.good.dropFirst(2) + "-more")?.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(context("01" + Self.good.dropFirst(2)) != nil)
    }

    @Test(
        "what is malformed begins no trace",
        arguments: [
            "", "00", String(good.dropLast()), good + "-more", good + "0", "ff" + good.dropFirst(2), good.uppercased(),
            good.replacing("-b", with: "_b"), "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", good.replacing("af", with: "xx"), "01" + good.dropFirst(2) + "more",
        ]
    )
    func malformed(text: String) {
        #expect(context(text) == nil)
    }

    @Test("new traces are well formed and differ") func new() throws {
        var ids = TraceIDs()
        var seen: Set<String> = []
        for _ in 0..<1_000 {
            let trace = ids.next()
            #expect(trace.isNew)
            #expect(context(trace.header)?.traceID == trace.traceID)
            seen.insert(trace.header)
        }
        #expect(seen.count == 1_000)
        var others = TraceIDs()
        #expect(!seen.contains(others.next().header))
    }
}
