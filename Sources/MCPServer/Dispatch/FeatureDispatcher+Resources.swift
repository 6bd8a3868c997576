import JSONRPC
import MCP

/// Resources: lists in pages, templates, reading.
extension FeatureDispatcher {
    /// Prepares a method about resources; nil for every other one.
    func resources(_ method: String, _ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work? {
        guard let resources = server.resources else { return nil }
        switch method {
        case "resources/list":
            return try page(resources.resources.map { $0.json(context.revision) }, named: "resources", resources.pageSize, params)
        case "resources/templates/list":
            let templates = resources.templates.map { $0.json(context.revision) }
            return try page(templates, named: "resourceTemplates", resources.pageSize, params)
        case "resources/read": return try read(resources, params, context)
        default: return nil
        }
    }

    private func page(_ all: [JSONValue], named name: String, _ size: Int, _ params: JSONObject?) throws(JSONRPCError) -> Work {
        let start = try PageCursor.start(params, list: name, count: all.count)
        let end = min(start + size, all.count)
        var members: JSONObject = [name: .array(Array(all[start..<end]))]
        if end < all.count { members["nextCursor"] = .string(PageCursor.text(list: name, start: end)) }
        return .done(ResultBody(members, cache: .callersOwn))
    }

    private func read(_ resources: ServerResources, _ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work {
        guard let uri = params?["uri"]?.stringValue else { throw .invalidParams("params.uri must be a string") }
        return .running {
            guard let contents = try await resources.read(uri, context), !contents.isEmpty else {
                throw Self.notFound(uri, context)
            }
            return ResultBody(["contents": .array(contents.map(\.json))], cache: .callersOwn)
        }
    }

    /// `-32002` up to 2025-11-25, `-32602` from 2026-07-28 on.
    private static func notFound(_ uri: String, _ context: RequestContext) -> JSONRPCError {
        JSONRPCError(
            code: context.era == .modern ? .invalidParams : JSONRPCError.Code(-32002),
            message: "Resource not found",
            data: ["uri": .string(uri)]
        )
    }
}
