import JSONRPC

@testable import MCPServer

/// A sink whose messages a test can wait for.
final class TellingSink: MessageSink {
    let messages: AsyncStream<JSONValue>
    private let continuation: AsyncStream<JSONValue>.Continuation

    init() { (messages, continuation) = AsyncStream.makeStream() }

    func send(_ message: JSONRPCMessage) async { continuation.yield(message.json) }
}
