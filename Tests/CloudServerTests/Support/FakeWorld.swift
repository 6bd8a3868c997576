import JSONRPC
import Synchronization

@testable import CloudServer

/// Servers that a test changes while a user is being asked.
final class FakeWorld: Sendable {
    struct Server: Sendable {
        var name: String? = "web-1"
        var status = "ACTIVE"
    }

    private struct State {
        var servers: [String: Server] = [:]
        var reads = 0
        var failure: ToolError?
    }

    private let state = Mutex(State())

    init(_ servers: [String: Server] = [FakeTools.uuid: Server()]) { state.withLock { $0.servers = servers } }

    subscript(id: String) -> Server? {
        get { state.withLock { $0.servers[id] } }
        set { state.withLock { $0.servers[id] = newValue } }
    }

    /// How often targets were read.
    var reads: Int { state.withLock { $0.reads } }

    /// Makes every further read fail.
    func fail(_ error: ToolError) { state.withLock { $0.failure = error } }

    /// A tool that deletes servers of this world.
    func delete(_ executed: Executions, execute: (@Sendable (JSONObject, ToolContext) async throws -> JSONObject)? = nil) -> CloudTool {
        FakeTools.delete(executed: executed, prepare: { arguments, _ in try self.prepare(arguments) }, execute: execute)
    }

    private func prepare(_ arguments: Arguments) throws -> Prepared {
        let ids = arguments.strings("ids")
        let servers = try state.withLock { state -> [(String, Server)] in
            state.reads += 1
            if let failure = state.failure { throw failure }
            return try ids.map { id in
                guard let server = state.servers[id] else {
                    throw ToolError(code: ErrorCode.notFound, message: "Gone.", details: [.init(path: "ids[0]", message: "no \(id)")])
                }
                return (id, server)
            }
        }
        return .needsConsent(
            PreparedOperation(
                action: "delete",
                members: ["ids": .array(ids.map(JSONValue.string)), "force": .bool(arguments.bool("force"))],
                targets: servers.map { id, server in
                    ConsentTarget(id: id, name: server.name, facts: [ConsentFact("status", server.status)], losses: ["system disk vda"])
                },
                content: arguments.raw,
                outcomeHint: "Look with fake_list.",
                headline: "Delete \(servers.count)",
                irreversible: "the deletion"
            )
        )
    }
}
