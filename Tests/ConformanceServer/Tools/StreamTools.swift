import JSONRPC
import MCP
import MCPServer

/// Tools that send something before their result, and one whose result is a failure.
enum StreamTools {
    private static let pause = Duration.milliseconds(50)

    static func all() throws -> [ServerTool] {
        [
            try ServerTool(Tool(name: "test_tool_with_logging", description: "Logs three times.", inputSchema: Schema.none)) { _, context in
                for step in ["first", "second", "third"] {
                    await context.log(.info, logger: "conformance", data: .string("The \(step) step of three."))
                    try await Task.sleep(for: pause)
                }
                return .text("Logged three times.")
            },
            try ServerTool(Tool(name: "test_tool_with_progress", description: "Reports progress.", inputSchema: Schema.none)) {
                _,
                context in
                for value in [0.0, 50, 100] {
                    await context.reportProgress(value, total: 100)
                    try await Task.sleep(for: pause)
                }
                return .text("Everything is done.")
            },
            try ServerTool(Tool(name: "test_error_handling", description: "Always fails.", inputSchema: Schema.none)) { _, _ in
                .failure("This tool fails on purpose.")
            },
        ]
    }
}
