import NIOCore
import Testing

@testable import Gateway

@Suite struct ForwardedResponseTests {
    private func forward(
        _ text: String,
        framing: BodyFraming? = nil,
        session: String? = nil,
        cors: [LocalResponse.Field] = [],
        closes: Bool = false
    ) throws -> String {
        let (head, table, bytes) = try HeadBytes.response(text)
        let response = ForwardedResponse(
            requestID: "r1",
            sessionID: session,
            corsHeaders: cors,
            framing: framing ?? head.framing,
            closes: closes
        )
        var buffer = ByteBuffer()
        response.write(bytes.span, head, table, to: &buffer)
        let size = response.size(bytes.span)
        #expect(buffer.readableBytes <= size)
        return String(buffer: buffer)
    }

    @Test func passesStatusAndHeaders() throws {
        #expect(
            try forward("HTTP/1.1 418 I'm a teapot\r\nContent-Type: x\r\nSet-Cookie: a=b\r\nContent-Length: 3\r\n\r\n")
                == "HTTP/1.1 418 I'm a teapot\r\nContent-Type: x\r\nSet-Cookie: a=b\r\nX-Request-Id: r1\r\nContent-Length: 3\r\n\r\n"
        )
    }

    @Test(
        "gateway.md §9.1: never passes",
        arguments: [
            "Server: x", "WWW-Authenticate: Bearer", "Keep-Alive: 5", "Connection: keep-alive", "Proxy-Status: x", "Trailer: x",
            "Upgrade: h2c",
            "X-Request-Id: theirs", "Mcp-Session-Id: raw", "Connection: x-hop\r\nX-Hop: 1",
        ]
    )
    func removes(_ fields: String) throws {
        #expect(
            try forward("HTTP/1.1 200 OK\r\n\(fields)\r\nContent-Length: 0\r\n\r\n")
                == "HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 0\r\n\r\n"
        )
    }

    @Test func replacesCORSHeadersOfTheServer() throws {
        let text = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n"
        #expect(try forward(text).contains("Access-Control-Allow-Origin: *"))
        let replaced = try forward(text, cors: [.init("Access-Control-Allow-Origin", "https://a")])
        #expect(!replaced.contains("*"))
        #expect(replaced.contains("Access-Control-Allow-Origin: https://a\r\n"))
    }

    @Test func aResponseWithoutABodyHasNoLength() throws {
        #expect(
            try forward("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n") == "HTTP/1.1 204 No Content\r\nX-Request-Id: r1\r\n\r\n"
        )
    }

    @Test func closesAndWraps() throws {
        let text = try forward("HTTP/1.1 200 OK\r\n\r\n", framing: .chunked, session: "wrapped", closes: true)
        #expect(
            text
                == "HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nMcp-Session-Id: wrapped\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        )
    }
}
