import MCP
import MCPServer

/// A tool that hangs up and leaves its result for a client that resumes.
enum ReconnectionTool {
    static func all() throws -> [ServerTool] {
        let tool = Tool(name: "test_reconnection", description: "Hangs up in mid-call.", inputSchema: Schema.none)
        return [
            try ServerTool(tool, eras: [.legacy]) { _, context in
                await context.hangUp()
                try await Task.sleep(for: .milliseconds(100))
                return .text("Delivered after the reconnection.")
            }
        ]
    }
}
