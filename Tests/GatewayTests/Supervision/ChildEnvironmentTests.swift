import ProcessSupport
import Testing

@testable import Gateway

@Suite struct ChildEnvironmentTests {
    @Test("nothing that is the gateway's alone reaches a server; what it needs is set") func variables() {
        let variables = ChildEnvironment.variables(
            Environment([
                "PATH": "/bin", "HUAWEICLOUD_REGION": "r", "MCP_GATEWAY_SESSION_KEY": "s", "MCP_GATEWAY_IDENTITY_PRIVATE_KEY": "k",
                "MCP_GATEWAY_IDENTITY_PUBLIC_KEY": "other", "MCP_JWT_PUBLIC_KEY": "j", "MCP_DEV_SUBJECT": "d", "MCP_TRANSPORT": "stdio",
                "MCP_HOST": "0.0.0.0", "MCP_PORT": "1", "MCP_INCLUDE_TOOLS": "x",
            ]),
            service: "ecs-two",
            port: 4_711,
            publicKey: "PEM"
        )
        #expect(
            variables == [
                "PATH": "/bin", "HUAWEICLOUD_REGION": "r", "MCP_INCLUDE_TOOLS": "x", "MCP_TRANSPORT": "sse", "MCP_HOST": "127.0.0.1",
                "MCP_PORT": "4711", "MCP_EXIT_ON_STDIN_CLOSE": "1", "MCP_GATEWAY_IDENTITY_PUBLIC_KEY": "PEM",
                "MCP_GATEWAY_IDENTITY_AUDIENCE": "ecs-two",
            ]
        )
    }
}

@Suite struct LineSplitterTests {
    @Test("lines however they are torn, without empty ones") func lines() {
        var splitter = LineSplitter()
        var lines: [String] = []
        for byte in Array("one\r\ntwo\n\nthr".utf8) { lines += splitter.append([byte]) }
        lines += splitter.append("ee\nrest".utf8)
        #expect(lines == ["one", "two", "three"])
        #expect(splitter.finish() == "rest")
        #expect(splitter.finish() == nil)
    }

    @Test("a line without end is cut once") func endless() {
        var splitter = LineSplitter()
        var lines: [String] = []
        for _ in 0..<10 { lines += splitter.append(Array(repeating: UInt8(ascii: "x"), count: 10_000)) }
        #expect(lines.count == 1)
        #expect(lines.first?.hasSuffix("…") == true)
        #expect(splitter.append("\nnext\n".utf8) == ["next"])
    }

    @Test("bytes that are no UTF-8 are replaced") func invalid() {
        var splitter = LineSplitter()
        #expect(splitter.append([0xFF, 0x41, 0x0A]) == ["\u{FFFD}A"])
    }
}

@Suite struct ChildLogTests {
    @Test(
        "takes the level that a line names",
        arguments: [
            ("2026-01-01T00:00:00.000+00:00 WARNING x y", .warning), ("2026 CRITICAL", .critical), ("plain text", .info), ("", .info),
            ("WARNING first", .info), ("a warning b", .info),
        ] as [(String, LogLevel)]
    )
    func level(line: String, expected: LogLevel) { #expect(ChildLog.level(of: line) == expected) }
}
