import NIOCore
import Testing

@testable import Gateway

@Suite struct ForwardedRequestTests {
    private func forward(_ fields: String, line: String = "POST /ecs/mcp HTTP/1.1", session: String? = nil, query: String? = nil) throws
        -> String
    {
        let (head, table, bytes) = try HeadBytes.request("\(line)\r\nHost: gw\r\n\(fields)\r\n")
        var buffer = ByteBuffer()
        ForwardedRequest(
            path: "/mcp",
            query: query,
            host: "127.0.0.1:9",
            assertion: "a.b.c",
            requestID: "r1",
            sessionID: session.map { Array($0.utf8) }
        )
        .write(bytes.span, head, table, to: &buffer)
        return String(buffer: buffer)
    }

    private let set = "Host: 127.0.0.1:9\r\nMCP-Gateway-Identity: a.b.c\r\nX-Request-Id: r1\r\n"

    @Test func setsHostIdentityAndRequestID() throws {
        #expect(try forward("") == "POST /mcp HTTP/1.1\r\n\(set)\r\n")
    }

    @Test func passesTheRestInItsOrder() throws {
        let fields = "Accept: a\r\nX-Request-Id: mine\r\nMcp-Method: tools/call\r\nmcp-param-x:  y \r\nCookie: c\r\nLast-Event-ID: 7\r\n"
        #expect(
            try forward(fields)
                == "POST /mcp HTTP/1.1\r\n\(set)Accept: a\r\nMcp-Method: tools/call\r\nmcp-param-x:  y \r\nLast-Event-ID: 7\r\n\r\n"
        )
    }

    @Test(
        "identity headers of the client never pass",
        arguments: [
            "MCP-Gateway-Identity: evil", "mcp_gateway_identity: evil", "Authorization: Bearer evil", "Cookie: evil", "Forwarded: for=evil",
            "X-Forwarded-For: evil", "X_Forwarded_User: evil", "X-Real-IP: evil", "Proxy-Authorization: evil", "TE: evil",
            "Upgrade: evil", "Keep-Alive: evil", "Expect: evil", "Trailer: evil", "Content_Length: 1", "Mcp_Session_Id: evil",
            "Connection: X-Evil\r\nX-Evil: evil", "X-Evil: evil\r\nConnection: keep-alive, x-evil", "Connection: x_evil\r\nX-Evil: evil",
            "Connection: a,, X-Evil ,b\r\nx_evil: evil",
        ]
    )
    func removes(_ fields: String) throws {
        #expect(try forward("\(fields)\r\nAccept: a\r\n") == "POST /mcp HTTP/1.1\r\n\(set)Accept: a\r\n\r\n")
    }

    @Test func connectionCannotRemoveWhatIsSetHere() throws {
        let fields = "Connection: MCP-Gateway-Identity, Host, X-Request-Id, Content-Length\r\nContent-Length: 3\r\n"
        #expect(try forward(fields) == "POST /mcp HTTP/1.1\r\n\(set)Content-Length: 3\r\n\r\n")
    }

    @Test func framesTheBodyOnce() throws {
        #expect(try forward("Content-Length: 5\r\nContent-Length: 5\r\n") == "POST /mcp HTTP/1.1\r\n\(set)Content-Length: 5\r\n\r\n")
        #expect(try forward("Transfer-Encoding: chunked\r\n") == "POST /mcp HTTP/1.1\r\n\(set)Transfer-Encoding: chunked\r\n\r\n")
    }

    @Test func carriesSessionAndQuery() throws {
        #expect(
            try forward("", line: "GET /x HTTP/1.1", session: "s1", query: "a=b")
                == "GET /mcp?a=b HTTP/1.1\r\n\(set)Mcp-Session-Id: s1\r\n\r\n"
        )
    }

    @Test func theSizeIsAnUpperBound() throws {
        let (head, table, bytes) = try HeadBytes.request("POST /ecs/mcp HTTP/1.1\r\nHost: gw\r\nTransfer-Encoding: chunked\r\nA: b\r\n\r\n")
        let request = ForwardedRequest(path: "/mcp", query: "q", host: "h:1", assertion: "a", requestID: "r", sessionID: [65])
        var buffer = ByteBuffer()
        request.write(bytes.span, head, table, to: &buffer)
        let size = request.size(bytes.span)
        #expect(buffer.readableBytes <= size)
    }

    @Test(arguments: [(0, "0"), (7, "7"), (10, "10"), (4_194_304, "4194304"), (Int.max, "9223372036854775807")])
    func writesDecimals(_ number: Int, _ text: String) {
        var buffer = ByteBuffer()
        buffer.writeDecimal(number)
        #expect(String(buffer: buffer) == text)
    }

    @Test(arguments: [(0, "0"), (9, "9"), (10, "a"), (15, "f"), (16, "10"), (255, "ff"), (4096, "1000"), (0x12345, "12345")])
    func writesChunkSizes(_ number: Int, _ text: String) {
        var buffer = ByteBuffer()
        buffer.writeChunkSize(number)
        #expect(String(buffer: buffer) == "\(text)\r\n")
    }
}
