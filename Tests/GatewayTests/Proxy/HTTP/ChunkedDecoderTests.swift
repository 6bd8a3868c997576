import NIOCore
import Testing

@testable import Gateway

@Suite struct ChunkedDecoderTests {
    /// Decodes the pieces one after the other; the body, the bytes left over, and whether the body was complete.
    private func decode(_ pieces: [String]) throws(MalformedBody) -> (body: String, rest: String, isDone: Bool) {
        var decoder = ChunkedDecoder()
        var buffer = ByteBuffer()
        var body = ""
        for piece in pieces {
            buffer.writeString(piece)
            while true {
                let step = try decoder.next(&buffer)
                if case .data(let slice) = step {
                    #expect(slice.readableBytes > 0)
                    body += String(buffer: slice)
                    continue
                }
                break
            }
        }
        return (body, String(buffer: buffer), decoder.isDone)
    }

    private let bodies = [
        "0\r\n\r\n": "", "5\r\nhello\r\n0\r\n\r\n": "hello", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n": "hello world",
        "00005\r\nhello\r\n000\r\n\r\n": "hello", "A\r\n0123456789\r\na\r\nabcdefghij\r\n0\r\n\r\n": "0123456789abcdefghij",
        "5;x\r\nhello\r\n0;y=\"z\"\r\n\r\n": "hello", "5\r\nhello\r\n0\r\nX: y\r\nZ-Z:\r\n\r\n": "hello", "2\r\n\r\n\r\n0\r\n\r\n": "\r\n",
    ]

    @Test func decodesAtEverySplit() throws {
        for (encoded, body) in bodies {
            let text = encoded + "NEXT"
            for split in text.unicodeScalars.indices {
                let first = String(text.unicodeScalars[..<split])
                let second = String(text.unicodeScalars[split...])
                let result = try decode([first, second])
                #expect(result.body == body)
                #expect(result.rest == "NEXT")
                #expect(result.isDone)
            }
            #expect(try decode(text.unicodeScalars.map { String($0) }).body == body)
        }
    }

    @Test(
        "gateway.md §10.3: bad chunk framing",
        arguments: [
            ("x\r\n", MalformedBody.chunkSize), ("\r\n", .chunkSize), ("-1\r\n", .chunkSize), ("+5\r\nhello", .chunkSize),
            ("0x5\r\nhello", .chunkSize), (" 5\r\nhello", .chunkSize), ("5 \r\nhello", .chunkSize), ("5\nhello", .chunkSize),
            ("5\t;x\r\n", .chunkSize), ("5\r\rhello", .chunkSize), ("5\rhello", .chunkSize), (";x\r\n", .chunkSize),
            ("1000000000000000\r\n", .chunkSize), ("ffffffffffffffff\r\n", .chunkSize), ("5_0\r\n", .chunkSize),
            ("5;a\nhello", .controlCharacter), ("5;a\0\r\nhello", .controlCharacter), ("5;a\rb\r\nhello", .chunkSize),
            ("5\r\nhello5", .chunkEnd), ("5\r\nhello\n", .chunkEnd), ("5\r\nhello\r0", .chunkEnd), ("5\r\nhellooo\r\n", .chunkEnd),
            ("0\r\nX y\r\n\r\n", .trailer), ("0\r\n: y\r\n\r\n", .trailer), ("0\r\n X: y\r\n\r\n", .trailer),
            ("0\r\n\n", .controlCharacter),
            ("0\r\nX: y\n\r\n", .controlCharacter), ("0\r\nX: y\ra", .trailer), ("0\r\n\rX", .chunkEnd),
            ("0\r\nX: \u{1}\r\n\r\n", .controlCharacter),
        ] as [(String, MalformedBody)]
    )
    func refuses(_ text: String, _ problem: MalformedBody) {
        #expect(throws: problem) { try decode([text]) }
        #expect(throws: problem) { try decode(text.unicodeScalars.map { String($0) }) }
    }

    @Test func refusesEndlessExtensionsAndTrailers() {
        let long = String(repeating: "x", count: ChunkedDecoder.overheadLimit + 1)
        #expect(throws: MalformedBody.tooMuchOverhead) { try decode(["5;\(long)\r\n"]) }
        #expect(throws: MalformedBody.tooMuchOverhead) { try decode(["0\r\nX: \(long)\r\n"]) }
    }

    @Test func dataIsNotCopied() throws {
        var decoder = ChunkedDecoder()
        var buffer = ByteBuffer(string: "5\r\nhello\r\n0\r\n\r\n")
        guard case .data(let slice) = try decoder.next(&buffer) else {
            Issue.record("no data")
            return
        }
        #expect(slice.storageCapacity == ByteBuffer(string: "5\r\nhello\r\n0\r\n\r\n").storageCapacity)
        #expect(String(buffer: slice) == "hello")
    }

    @Test func bodyOfAKnownLengthEndsThere() throws {
        var decoder = BodyDecoder(.length(5))
        var buffer = ByteBuffer(string: "hel")
        #expect(decoder.remaining == 5)
        #expect(try decoder.next(&buffer) == .data(ByteBuffer(string: "hel")))
        #expect(try decoder.next(&buffer) == .needsMore)
        buffer.writeString("loGET")
        #expect(try decoder.next(&buffer) == .data(ByteBuffer(string: "lo")))
        #expect(decoder.isDone)
        #expect(try decoder.next(&buffer) == .end)
        #expect(String(buffer: buffer) == "GET")
    }
}
