import NIOCore
import Testing

@testable import Gateway

@Suite struct EndpointRewriterTests {
    private func rewrite(_ pieces: [String], mount: String = "/ecs") throws(EndpointRewriter.Problem) -> String {
        var rewriter = EndpointRewriter(mountPath: mount)
        var output = ""
        for piece in pieces {
            let bytes = try rewriter.rewrite(ByteBuffer(string: piece)) { id in "W(\(String(decoding: id, as: UTF8.self)))" }
            output += String(buffer: bytes)
        }
        return output
    }

    @Test("every line end, every split", arguments: ["\r\n", "\n", "\r"])
    func everySplit(_ end: String) throws {
        let input =
            ": hello\(end)\(end)retry: 1\(end)\(end)event: endpoint\(end)data: /messages/?session_id=abc&x=1\(end)\(end)data: session_id=raw\(end)\(end)"
        let expected =
            ": hello\(end)\(end)retry: 1\(end)\(end)event: endpoint\(end)data: /ecs/messages?session_id=W(abc)&x=1\(end)\(end)data: session_id=raw\(end)\(end)"
        let scalars = Array(input.unicodeScalars)
        for first in 0...scalars.count {
            let pieces = [scalars[..<first], scalars[first...]].map { String(String.UnicodeScalarView($0)) }
            #expect(try rewrite(pieces) == expected)
        }
        #expect(try rewrite(scalars.map { String($0) }) == expected)
    }

    @Test(
        "whatever path or absolute URL the server sent, with exactly one mount prefix",
        arguments: [
            ("/messages?session_id=a", "/ecs/messages?session_id=W(a)"), ("/messages/?session_id=a", "/ecs/messages?session_id=W(a)"),
            ("/ecs/messages?session_id=a", "/ecs/messages?session_id=W(a)"),
            ("/ecs/ecs/messages?session_id=a", "/ecs/messages?session_id=W(a)"),
            ("http://127.0.0.1:8000/messages?session_id=a", "/ecs/messages?session_id=W(a)"),
            ("https://evil.example/x/y?session_id=a", "/ecs/messages?session_id=W(a)"),
            ("//evil.example/x?session_id=a", "/ecs/messages?session_id=W(a)"),
            ("messages?session_id=a", "/ecs/messages?session_id=W(a)"), ("?session_id=a", "/ecs/messages?session_id=W(a)"),
            ("/m?a=1&session_id=s&b=2", "/ecs/messages?a=1&session_id=W(s)&b=2"), ("/m?session_id=s#f", "/ecs/messages?session_id=W(s)"),
            ("/m?session_id=a%20b", "/ecs/messages?session_id=W(a%20b)"), ("/m?session_id=a=b", "/ecs/messages?session_id=W(a=b)"),
        ]
    )
    func rewritesTargets(_ data: String, _ expected: String) throws {
        #expect(try rewrite(["event: endpoint\ndata: \(data)\n\n"]) == "event: endpoint\ndata: \(expected)\n\n")
    }

    @Test(
        "forms of the event",
        arguments: [
            ("event:endpoint\ndata:/m?session_id=a\n\n", "event:endpoint\ndata:/ecs/messages?session_id=W(a)\n\n"),
            ("data: /m?session_id=a\nevent: endpoint\n\n", "data: /ecs/messages?session_id=W(a)\nevent: endpoint\n\n"),
            (
                "id: 7\nevent: endpoint\nretry: 5\ndata: /m?session_id=a\n: c\n\n",
                "id: 7\nevent: endpoint\nretry: 5\ndata: /ecs/messages?session_id=W(a)\n: c\n\n"
            ),
            ("\u{FEFF}event: endpoint\ndata: /m?session_id=a\n\n", "\u{FEFF}event: endpoint\ndata: /ecs/messages?session_id=W(a)\n\n"),
            ("event: x\nevent: endpoint\ndata: /m?session_id=a\n\n", "event: x\nevent: endpoint\ndata: /ecs/messages?session_id=W(a)\n\n"),
            (
                "event: other\n\nevent: endpoint\ndata: /m?session_id=a\n\n",
                "event: other\n\nevent: endpoint\ndata: /ecs/messages?session_id=W(a)\n\n"
            ),
        ]
    )
    func forms(_ input: String, _ expected: String) throws {
        #expect(try rewrite([input]) == expected)
    }

    @Test(
        "streams that are refused",
        arguments: [
            ("event: endpoint\ndata: /messages\n\n", EndpointRewriter.Problem.noSession),
            ("event: endpoint\ndata: /messages?x=1\n\n", .noSession), ("event: endpoint\ndata: /messages?session_id=\n\n", .noSession),
            ("event: endpoint\ndata: /messages?session_id\n\n", .noSession),
            ("event: endpoint\ndata: /messages?session_id=a&session_id=b\n\n", .noSession),
            ("event: endpoint\ndata: /messages?session_id=a&session%5fid=b\n\n", .noSession),
            ("event: endpoint\ndata: /messages#?session_id=a\n\n", .noSession), ("event: endpoint\ndata:\n\n", .noSession),
            ("event: endpoint\ndata\n\n", .noSession), ("event: message\ndata: /messages?session_id=a\n\n", .notFirst),
            ("data: /messages?session_id=a\n\n", .notFirst), ("event: Endpoint\ndata: /messages?session_id=a\n\n", .notFirst),
            ("event: endpoint\n\ndata: /messages?session_id=a\n\n", .notFirst),
            ("event: endpoint\nevent: x\ndata: /m?session_id=a\n\n", .notFirst),
            ("event: endpoint\ndata: /messages?session_id=a\ndata: b\n\n", .badData),
            ("event: endpoint\ndata: /mess ages?session_id=a\n\n", .badData), ("event: endpoint\ndata: /m?session_id=é\n\n", .badData),
        ] as [(String, EndpointRewriter.Problem)]
    )
    func refuses(_ input: String, _ problem: EndpointRewriter.Problem) {
        #expect(throws: problem) { try rewrite([input]) }
        #expect(throws: problem) { try rewrite(input.unicodeScalars.map { String($0) }) }
    }

    @Test func holdsBackABoundedNumberOfBytes() {
        let line = ": \(String(repeating: "x", count: 1_000))\n"
        #expect(throws: EndpointRewriter.Problem.tooLong) { try rewrite(Array(repeating: line, count: 17)) }
        let long = String(repeating: "x", count: EndpointRewriter.limit)
        #expect(throws: EndpointRewriter.Problem.tooLong) { try rewrite(["event: endpoint\ndata: /m?session_id=a&b=\(long)\n\n"]) }
    }

    @Test func anIDThatCannotBeSealedIsRefused() {
        var rewriter = EndpointRewriter(mountPath: "/ecs")
        #expect(throws: EndpointRewriter.Problem.noSession) {
            try rewriter.rewrite(ByteBuffer(string: "event: endpoint\ndata: /m?session_id=a\n\n")) { _ in nil }
        }
    }
}
