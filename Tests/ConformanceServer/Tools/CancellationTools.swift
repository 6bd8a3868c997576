import JSONRPC
import MCP
import MCPServer

/// A call that can be cancelled, and how to see what became of it.
enum CancellationTools {
    static func all(_ board: CancellationBoard) throws -> [ServerTool] { [try cancellable(board), try status(board)] }

    private static func cancellable(_ board: CancellationBoard) throws -> ServerTool {
        let seconds: JSONValue = ["type": "number", "minimum": 0, "maximum": 60]
        let tool = Tool(
            name: "test_cancellable",
            description: "Sleeps until it is done or cancelled.",
            inputSchema: Schema.object(["seconds": seconds, "key": ["type": "string"]], required: ["seconds", "key"])
        )
        return try ServerTool(tool) { arguments, _ in
            guard let key = arguments["key"]?.stringValue, let seconds = arguments["seconds"]?.doubleValue else {
                return .failure("seconds and key are required.")
            }
            board[key] = .running
            do { try await Task.sleep(for: .seconds(seconds)) } catch {
                board[key] = .cancelled
                throw error
            }
            board[key] = .completed
            return .text("Slept until the end.")
        }
    }

    private static func status(_ board: CancellationBoard) throws -> ServerTool {
        let states = CancellationBoard.Fate.allCases.map { JSONValue.string($0.rawValue) }
        let tool = Tool(
            name: "test_cancellation_status",
            description: "Tells what became of a test_cancellable call.",
            inputSchema: Schema.strings("key"),
            outputSchema: Schema.object(["state": ["enum": .array(states)]], required: ["state"])
        )
        return try ServerTool(tool) { arguments, _ in
            .structured(["state": .string(board[arguments["key"]?.stringValue ?? ""].rawValue)])
        }
    }
}
