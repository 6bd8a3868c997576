import Testing

@testable import MCPServer

@Suite struct LineFramerTests {
    private func frames(_ chunks: [String], limit: Int = 16) -> [LineFramer.Frame] {
        var framer = LineFramer(limit: limit)
        return chunks.flatMap { framer.append($0.utf8) } + framer.end()
    }

    private func line(_ text: String) -> LineFramer.Frame { .line(Array(text.utf8)) }

    @Test func cutsAtLineFeedsHoweverTheBytesArrive() {
        let text = "one\ntwo\r\n\nthree"
        let expected = [line("one"), line("two"), line("three")]
        #expect(frames([text]) == expected)
        #expect(frames(text.map(String.init)) == expected)
    }

    @Test func lineOfExactlyTheLimitPasses() {
        #expect(frames([String(repeating: "x", count: 16) + "\n"]) == [line(String(repeating: "x", count: 16))])
    }

    @Test func longerLineIsReportedOnceAndSkipped() {
        let long = String(repeating: "x", count: 17)
        #expect(frames([long + "\nok\n"]) == [.tooLong, line("ok")])
        #expect(frames((long + long + "\nok\n").map(String.init)) == [.tooLong, line("ok")])
        #expect(frames([long]) == [.tooLong])
    }

    @Test func nothingComesOfNothing() {
        #expect(frames([]) == [])
        #expect(frames(["\n\r\n\n"]) == [])
        #expect(frames(["   \n\t\r\n \r\n  "]) == [])
    }
}
