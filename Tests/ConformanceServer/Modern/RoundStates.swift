import JSONRPC
import MCP
import MCPServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Seals what the tools that ask in several rounds remember.
struct RoundStates: Sendable {
    private let sealer = RequestStateSealer(
        newest: .random(),
        purpose: "rounds",
        audience: "conformance",
        now: { Int64(time(nil)) }
    )

    /// The state of the next round of a call of a tool without arguments.
    func seal(_ content: JSONObject, _ tool: String, _ context: RequestContext) throws -> String {
        try sealer.seal(content, for: .call(tool, [:], by: context.identity))
    }

    /// What the earlier round remembered; nil when there was none.
    ///
    /// - Throws: `-32602` for a state that is not genuine.
    func content(_ tool: String, _ context: RequestContext) throws(JSONRPCError) -> JSONObject? {
        guard let text = context.requestState else { return nil }
        do { return try sealer.open(text, for: .call(tool, [:], by: context.identity)).content } catch { throw error.jsonRPC }
    }
}
