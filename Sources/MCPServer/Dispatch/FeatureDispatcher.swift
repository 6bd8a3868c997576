import JSONRPC
import MCP

/// The methods that all eras have: tools, resources, prompts, completion.
struct FeatureDispatcher: Sendable {
    let server: MCPServer

    /// Prepares a method.
    ///
    /// - Returns: nil when the server does not have the method.
    /// - Throws: `-32602` for its parameters.
    func work(_ method: String, _ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work? {
        switch method {
        case ListToolsResult.method: try listTools(params, context)
        case CallToolRequest.method: try callTool(params, context)
        case "prompts/list" where !server.prompts.isEmpty: try listPrompts(params, context)
        case "prompts/get" where !server.prompts.isEmpty: try getPrompt(params, context)
        case "completion/complete": try complete(params, context)
        default: try resources(method, params, context)
        }
    }

    private func listTools(_ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work {
        _ = try PageCursor.start(params, list: "tools", count: 0)
        let tools = server.tools.filter { $0.isListed(context) }
        return .done(ResultBody(["tools": .array(tools.map { $0.listing(context.revision) })], cache: .callersOwn))
    }

    private func callTool(_ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work {
        let call = try CallToolRequest(params: params)
        guard let tool = server.tool(call.name, context) else {
            throw .invalidParams("Unknown tool: \(JSONRPCError.shown(call.name))")
        }
        return .running {
            guard case .object(let members) = try await tool.call(call.arguments, context).json(context.revision) else {
                throw JSONRPCError(code: .internalError, message: "The tool's result has no form")
            }
            return ResultBody(members)
        }
    }

    private func listPrompts(_ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work {
        _ = try PageCursor.start(params, list: "prompts", count: 0)
        let prompts = server.prompts.filter { $0.isListed(context) }.map { $0.definition.json(context.revision) }
        return .done(ResultBody(["prompts": .array(prompts)], cache: .callersOwn))
    }

    private func getPrompt(_ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work {
        guard let name = params?["name"]?.stringValue else { throw .invalidParams("params.name must be a string") }
        guard let prompt = server.prompts.first(where: { $0.definition.name == name && $0.isListed(context) }) else {
            throw .invalidParams("Unknown prompt: \(JSONRPCError.shown(name))")
        }
        var arguments: [String: String] = [:]
        switch params?["arguments"] {
        case nil: break
        case .object(let given):
            for member in given {
                guard let text = member.value.stringValue else {
                    throw .invalidParams("params.arguments.\(JSONRPCError.shown(member.key)) must be a string")
                }
                arguments[member.key] = text
            }
        default: throw .invalidParams("params.arguments must be an object")
        }
        for argument in prompt.definition.arguments where argument.required && arguments[argument.name] == nil {
            throw .invalidParams("params.arguments.\(argument.name) is required")
        }
        let settled = arguments
        return .running {
            guard case .object(let members) = try await prompt.get(settled, context).json(context.revision) else {
                throw JSONRPCError(code: .internalError, message: "The prompt has no form")
            }
            return ResultBody(members)
        }
    }

    private func complete(_ params: JSONObject?, _ context: RequestContext) throws(JSONRPCError) -> Work? {
        guard let complete = server.complete else { return nil }
        let request = try CompleteRequest(params: params)
        return .running {
            guard let completion = try await complete(request, context), case .object(let members) = completion.json else {
                throw JSONRPCError.invalidParams("params.ref names nothing that this server has")
            }
            return ResultBody(members)
        }
    }
}
