import Testing

@testable import Gateway

@Suite struct ResponseHeadTests {
    @Test(
        "framing of responses",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", 200, BodyFraming.length(3), true),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, .chunked, true),
            ("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", 200, .length(0), true),
            ("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\n", 200, .length(1), true),
            ("HTTP/1.1 200 OK\r\n\r\n", 200, .untilEnd, false),
            ("HTTP/1.1 204 No Content\r\n\r\n", 204, .none, true),
            ("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, .none, true),
            ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, .none, true),
            ("HTTP/1.1 100 Continue\r\n\r\n", 100, .none, true),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n", 200, .length(3), false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n", 200, .length(3), false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\n", 200, .length(3), true),
        ] as [(String, Int, BodyFraming, Bool)]
    )
    func framing(_ text: String, _ status: Int, _ framing: BodyFraming, _ keepsAlive: Bool) throws {
        let head = try HeadBytes.response(text).head
        #expect(head.status == status)
        #expect(head.framing == framing)
        #expect(head.keepsAlive == keepsAlive)
    }

    @Test(
        "malformed responses",
        arguments: [
            ("HTTP/1.1 20 OK\r\n\r\n", MalformedHead.status), ("HTTP/1.1 2000 OK\r\n\r\n", .status),
            ("HTTP/1.1 600 OK\r\n\r\n", .status), ("HTTP/1.1 099 OK\r\n\r\n", .status), ("HTTP/1.1 abc OK\r\n\r\n", .status),
            ("HTTP/2.0 200 OK\r\n\r\n", .version), ("ICY 200 OK!!\r\n\r\n", .version), ("HTTP/1.1\r\n\r\n", .statusLine),
            ("<html><body>hello\r\n\r\n", .version), ("HTTP/1.1 200 O\0K\r\n\r\n", .controlCharacter),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthAndTransferEncoding),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", .contentLength),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .transferEncoding),
            ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncoding),
            ("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", .folding), ("HTTP/1.1 200 OK\r\nX : a\r\n\r\n", .fieldName),
        ] as [(String, MalformedHead)]
    )
    func refuses(_ text: String, _ problem: MalformedHead) {
        #expect(throws: problem) { try HeadBytes.response(text) }
    }
}
