import AuthCommon
import JSONRPC
import MCP
import Synchronization

@testable import MCPServer

/// A sink that keeps what was sent.
final class RecordingSink: MessageSink {
    private let sent = Mutex<[JSONValue]>([])

    var messages: [JSONValue] { sent.withLock { $0 } }

    func send(_ message: JSONRPCMessage) async { sent.withLock { $0.append(message.json) } }
}

/// A gate that a handler waits at until the test opens it or the task is cancelled.
final class Gate: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func open() { continuation.finish() }

    func wait() async throws {
        for await _ in stream {}
        try Task.checkCancellation()
    }
}

enum Fixture {
    static func tool(
        _ name: String,
        input: JSONObject = ["type": "object", "additionalProperties": false],
        handle: @escaping ServerTool.Handler = { _, _ in CallToolResult(content: [.text("done")]) },
        isListed: @escaping @Sendable (RequestContext) -> Bool = { _ in true }
    ) throws -> ServerTool {
        try ServerTool(Tool(name: name, description: name, inputSchema: input), isListed: isListed, handle: handle)
    }

    static func server(_ tools: [ServerTool]) -> MCPServer {
        MCPServer(info: Implementation(name: "test-server", version: "1.0"), instructions: "Read this.", tools: tools)
    }

    static let identity = Identity(subject: "sub", roles: ["admin"], tenant: "t1")

    static let origin = MessageOrigin(identity: identity, transport: .stdio)

    static func initialize(_ revision: String = "2025-11-25", id: Int = 1) -> String {
        """
        {"jsonrpc":"2.0","id":\(id),"method":"initialize","params":{"protocolVersion":"\(revision)","capabilities":{},\
        "clientInfo":{"name":"c","version":"1"}}}
        """
    }

    static func call(_ tool: String, id: Int = 2, arguments: String = "{}", meta: String = "{}") -> String {
        """
        {"jsonrpc":"2.0","id":\(id),"method":"tools/call","params":{"name":"\(tool)","arguments":\(arguments),"_meta":\(meta)}}
        """
    }
}
