import Foundation
import JSONRPC
import MCP
import Testing

@testable import MCPServer

@Suite(.timeLimit(.minutes(1))) struct StdioTransportTests {
    /// Runs a server on pipes: everything is written before it starts, so that the end of the input follows the last message.
    private func run(_ input: String, _ tools: [ServerTool]) async throws -> [JSONValue] {
        let stdin = Pipe()
        let stdout = Pipe()
        // On threads of their own: blocking the pool of Swift's tasks could starve the server under test.
        DispatchQueue(label: "feeder").async {
            stdin.fileHandleForWriting.write(Data(input.utf8))
            try? stdin.fileHandleForWriting.close()
        }
        let (output, continuation) = AsyncStream<Data>.makeStream()
        DispatchQueue(label: "reader").async {
            continuation.yield((try? stdout.fileHandleForReading.readToEnd()) ?? Data())
            continuation.finish()
        }
        let transport = StdioTransport(
            server: Fixture.server(tools),
            identity: { Fixture.identity },
            input: stdin.fileHandleForReading.fileDescriptor,
            output: stdout.fileHandleForWriting.fileDescriptor
        )
        try await transport.run()
        try stdout.fileHandleForWriting.close()
        let bytes = await output.reduce(into: Data()) { $0.append($1) }
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONParser.parse(Array($0)) }
    }

    @Test func servesOneMessagePerLineInOrder() async throws {
        let list = #"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#
        let answers = try await run([Fixture.initialize(), list, "nonsense", list].joined(separator: "\n"), [try Fixture.tool("a")])
        #expect(answers.map { $0["id"] } == [1, 2, nil, 2])
        #expect(answers[2]["error"]?["code"] == -32700)
    }

    @Test func endOfInputCancelsWhatRuns() async throws {
        let gate = Gate()
        let slow = try Fixture.tool("slow") { _, _ in
            try await gate.wait()
            return CallToolResult(content: [])
        }
        let answers = try await run([Fixture.initialize(), Fixture.call("slow")].joined(separator: "\n"), [slow])
        #expect(answers.map { $0["id"] } == [1])
    }

    @Test func slowCallDoesNotHoldUpTheNext() async throws {
        let gate = Gate()
        let slow = try Fixture.tool("slow") { _, _ in
            try await gate.wait()
            return CallToolResult(content: [.text("slow")])
        }
        let quick = try Fixture.tool("quick") { _, _ in
            gate.open()
            return CallToolResult(content: [.text("quick")])
        }
        let input = [Fixture.initialize(), Fixture.call("slow", id: 2), Fixture.call("quick", id: 3)].joined(separator: "\n")
        #expect(try await run(input, [slow, quick]).first?["id"] == 1)
    }

    @Test func manyMessagesAreAllAnswered() async throws {
        let pings = (1...2000).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"ping"}"# }
        #expect(try await run(pings.joined(separator: "\n"), []).map { $0["id"]?.intValue } == (1...2000).map { $0 })
    }

    @Test func overLongLineIsAnErrorAndTheSessionLivesOn() async throws {
        let long = String(repeating: "x", count: (4 << 20) + 1)
        let answers = try await run(long + "\n" + #"{"jsonrpc":"2.0","id":5,"method":"ping"}"#, [])
        #expect(answers.map { $0["id"] } == [nil, 5])
        #expect(answers.first?["error"]?["code"] == -32600)
    }
}
