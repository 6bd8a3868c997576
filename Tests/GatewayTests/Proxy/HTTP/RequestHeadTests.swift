import Testing

@testable import Gateway

@Suite struct RequestHeadTests {
    @Test func readsAWellFormedHead() throws {
        let (head, table, bytes) = try HeadBytes.request(
            "POST /ecs/mcp?a=b HTTP/1.1\r\nHost: gw.example\r\nContent-Length: 12\r\nX-Empty:\r\nX-Padded: \t v w \t\r\n\r\n"
        )
        #expect(HeadBytes.text(bytes, head.method) == "POST")
        #expect(HeadBytes.text(bytes, head.target) == "/ecs/mcp?a=b")
        #expect(head.framing == .length(12))
        #expect(head.keepsAlive)
        #expect(!head.isHTTP10)
        #expect(!head.expectsContinue)
        #expect(table.fields.map { HeadBytes.text(bytes, $0.name) } == ["Host", "Content-Length", "X-Empty", "X-Padded"])
        #expect(table.fields.map { HeadBytes.text(bytes, $0.value) } == ["gw.example", "12", "", "v w"])
        #expect(
            table.fields.map { HeadBytes.text(bytes, $0.line) }.joined()
                == "Host: gw.example\r\nContent-Length: 12\r\nX-Empty:\r\nX-Padded: \t v w \t\r\n"
        )
    }

    @Test(
        "heads that are accepted, with their framing",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", BodyFraming.none),
            ("GET /?q HTTP/1.1\r\nhost:a\r\n\r\n", .none),
            ("M-SEARCH / HTTP/1.1\r\nHost: a\r\n\r\n", .none),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", .none),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 007\r\n\r\n", .length(7)),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\ncontent-length: 5\r\n\r\n", .length(5)),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", .length(.max)),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", .chunked),
            ("POST / HTTP/1.1\r\nHost: a\r\nTRANSFER-ENCODING:Chunked\r\n\r\n", .chunked),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: caf\u{E9}\t!\r\n\r\n", .none),
            ("GET / HTTP/1.0\r\nHost: a\r\n\r\n", .none),
        ] as [(String, BodyFraming)]
    )
    func accepts(_ text: String, _ framing: BodyFraming) throws {
        #expect(try HeadBytes.request(text).head.framing == framing)
    }

    @Test(
        "gateway.md §10.3: malformed heads",
        arguments: [
            // Transfer-Encoding and Content-Length together
            ("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", MalformedHead.lengthAndTransferEncoding),
            ("Host: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n", .lengthAndTransferEncoding),
            // a transfer coding other than a single chunked
            ("Host: a\r\nTransfer-Encoding: gzip\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: chunked, chunked\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: identity\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: xchunked\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: chunked;q=1\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: \"chunked\"\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding:\r\n", .transferEncoding),
            ("Host: a\r\nTransfer-Encoding: \u{0B}chunked\r\n", .controlCharacter),
            // a length that is not plain digits or several different ones
            ("Host: a\r\nContent-Length: +5\r\n", .contentLength),
            ("Host: a\r\nContent-Length: -5\r\n", .contentLength),
            ("Host: a\r\nContent-Length: 0x5\r\n", .contentLength),
            ("Host: a\r\nContent-Length: 5 5\r\n", .contentLength),
            ("Host: a\r\nContent-Length: 5, 5\r\n", .contentLength),
            ("Host: a\r\nContent-Length: 5.0\r\n", .contentLength),
            ("Host: a\r\nContent-Length:\r\n", .contentLength),
            ("Host: a\r\nContent-Length: ５\r\n", .contentLength),
            ("Host: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n", .contentLength),
            // obsolete line folding
            ("Host: a\r\nX: b\r\n c\r\n", .folding),
            ("Host: a\r\nX: b\r\n\tc\r\n", .folding),
            (" Host: a\r\n", .folding),
            ("Host: a\r\nTransfer-Encoding:\r\n chunked\r\n", .folding),
            // white space before a colon
            ("Host: a\r\nContent-Length : 5\r\n", .fieldName),
            ("Host: a\r\nTransfer-Encoding\t: chunked\r\n", .fieldName),
            ("Host : a\r\n", .fieldName),
            // names that are no tokens
            ("Host: a\r\n: b\r\n", .fieldName),
            ("Host: a\r\nno colon\r\n", .fieldName),
            ("Host: a\r\nnocolon\r\n", .fieldName),
            ("Host: a\r\nX(y): b\r\n", .fieldName),
            ("Host: a\r\nX\u{E9}: b\r\n", .fieldName),
            ("Host: a\r\nX\0: b\r\n", .fieldName),
            // bare CR, control characters
            ("Host: a\r\nX: a\rb\r\n", .bareCarriageReturn),
            ("Host: a\r\nX: a\r\r\n", .bareCarriageReturn),
            ("Host: a\r\nX\r: a\r\n", .fieldName),
            ("Host: a\r\nX: a\0b\r\n", .controlCharacter),
            ("Host: a\r\nX: a\u{1B}[31m\r\n", .controlCharacter),
            ("Host: a\r\nX: a\u{7F}\r\n", .controlCharacter),
            ("Host: a\r\nX: 0123456789\u{1F}0123456789\r\n", .controlCharacter),
            // a missing or repeated Host
            ("X: a\r\n", .host),
            ("Host: a\r\nHost: a\r\n", .host),
            ("Host: a\r\nhost: b\r\n", .host),
            ("Ho_st: a\r\n", .host),
        ] as [(String, MalformedHead)]
    )
    func refusesFields(_ fields: String, _ problem: MalformedHead) {
        #expect(throws: problem) { try HeadBytes.request("POST /ecs/mcp HTTP/1.1\r\n\(fields)\r\n") }
    }

    @Test(
        "gateway.md §10.3: malformed request lines",
        arguments: [
            ("GET http://a/ HTTP/1.1", MalformedHead.targetForm),
            ("GET HTTP://a/ HTTP/1.1", .targetForm),
            ("CONNECT a:443 HTTP/1.1", .targetForm),
            ("OPTIONS * HTTP/1.1", .targetForm),
            ("GET a HTTP/1.1", .targetForm),
            ("GET /a b HTTP/1.1", .version),
            ("GET  / HTTP/1.1", .requestLine),
            ("GET /  HTTP/1.1", .version),
            (" GET / HTTP/1.1", .method),
            ("GET\t/\tHTTP/1.1", .requestLine),
            ("GET / HTTP/1.1 ", .version),
            ("GET / HTTP/1.2", .version),
            ("GET / HTTP/2.0", .version),
            ("GET / HTTP/0.9", .version),
            ("GET / http/1.1", .version),
            ("GET / HTTP/1.11", .version),
            ("GET / HTTP/01.1", .version),
            ("GET /", .requestLine),
            ("GET", .requestLine),
            ("", .requestLine),
            ("G(T / HTTP/1.1", .method),
            ("G\0T / HTTP/1.1", .method),
            ("GET /\u{1} HTTP/1.1", .controlCharacter),
            ("GET /\u{7F} HTTP/1.1", .controlCharacter),
            ("GET /\ra HTTP/1.1", .bareCarriageReturn),
            ("GET / HTTP/1.1\rHost: b", .version),
        ] as [(String, MalformedHead)]
    )
    func refusesLines(_ line: String, _ problem: MalformedHead) {
        #expect(throws: problem) { try HeadBytes.request("\(line)\r\nHost: a\r\n\r\n") }
    }

    @Test func refusesChunksInHTTP10() {
        #expect(throws: MalformedHead.transferEncoding) {
            try HeadBytes.request("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        }
    }

    @Test func refusesATargetOver8KiB() throws {
        let limit = Limits.targetBytes
        _ = try HeadBytes.request("GET /\(String(repeating: "a", count: limit - 1)) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(throws: MalformedHead.targetTooLong) {
            try HeadBytes.request("GET /\(String(repeating: "a", count: limit)) HTTP/1.1\r\nHost: a\r\n\r\n")
        }
    }

    @Test func refusesVeryManyFields() {
        let fields = String(repeating: "a: b\r\n", count: FieldTable.limit)
        #expect(throws: MalformedHead.tooManyFields) { try HeadBytes.request("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n") }
    }

    @Test(
        "what Connection and the version say about the next request",
        arguments: [
            ("1.1", "", true), ("1.1", "Connection: close\r\n", false), ("1.1", "Connection: x, Close\r\n", false),
            ("1.1", "Connection: keep-alive\r\nConnection: close\r\n", false), ("1.1", "Connection: closed\r\n", true),
            ("1.0", "", false), ("1.0", "Connection: keep-alive\r\n", false),
        ] as [(String, String, Bool)]
    )
    func keepsAlive(_ version: String, _ fields: String, _ expected: Bool) throws {
        #expect(try HeadBytes.request("GET / HTTP/\(version)\r\nHost: a\r\n\(fields)\r\n").head.keepsAlive == expected)
    }

    @Test func noticesExpect() throws {
        #expect(try HeadBytes.request("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n").head.expectsContinue)
        #expect(try !HeadBytes.request("POST / HTTP/1.1\r\nHost: a\r\nExpect: something\r\n\r\n").head.expectsContinue)
        #expect(try !HeadBytes.request("POST / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\n\r\n").head.expectsContinue)
    }

    @Test func aMisspelledFramingFieldMeansNothing() throws {
        let (head, table, _) = try HeadBytes.request("POST / HTTP/1.1\r\nHost: a\r\nContent_Length: 5\r\nTransfer_Encoding: x\r\n\r\n")
        #expect(head.framing == .none)
        #expect(table.fields.map(\.isMisspelled) == [false, true, true])
        #expect(table.fields.map(\.kind) == [.host, .contentLength, .transferEncoding])
    }

    @Test func theTableIsReusedWithoutRemains() throws {
        var table = FieldTable()
        let first = Array("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: y\r\n\r\n".utf8)
        _ = try RequestHead(first.span, &table)
        let second = Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        let head = try RequestHead(second.span, &table)
        #expect(table.fields.count == 1)
        #expect(head.keepsAlive)
    }
}
