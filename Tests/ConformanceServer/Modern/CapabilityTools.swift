import JSONRPC
import MCP
import MCPServer

/// Tools of 2026-07-28 that need no answers of the client.
enum CapabilityTools {
    static func all() throws -> [ServerTool] { [try missingCapability(), try streaming(), try logging(), try array()] }

    private static func missingCapability() throws -> ServerTool {
        let tool = Tool(name: "test_missing_capability", description: "Needs a client with sampling.", inputSchema: Schema.none)
        return try ServerTool(tool, eras: [.modern]) { _, context in
            guard context.clientCapabilities.sampling else { throw JSONRPCError.missingCapability(["sampling": [:]]) }
            return .text("The client has sampling.")
        }
    }

    private static func streaming() throws -> ServerTool {
        let tool = Tool(name: "test_streaming_elicitation", description: "Streams, and asks nothing.", inputSchema: Schema.none)
        return try ServerTool(tool, eras: [.modern]) { _, context in
            await context.reportProgress(1, total: 1)
            return .text("Nothing was asked.")
        }
    }

    private static func logging() throws -> ServerTool {
        let tool = Tool(name: "test_logging_tool", description: "Logs at several levels.", inputSchema: Schema.none)
        return try ServerTool(tool, eras: [.modern]) { _, context in
            for level in [LoggingLevel.debug, .info, .warning, .error] {
                await context.log(level, logger: "conformance", data: .string("A message of level \(level.rawValue)."))
            }
            return .text("Logged what was asked for.")
        }
    }

    private static func array() throws -> ServerTool {
        let tool = Tool(
            name: "test_structured_array",
            description: "Returns numbers.",
            inputSchema: Schema.none,
            outputSchema: ["type": "array", "items": ["type": "integer"]]
        )
        return try ServerTool(tool, eras: [.modern]) { _, _ in .structured([2, 3, 5, 7]) }
    }
}
