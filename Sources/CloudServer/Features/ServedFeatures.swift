import AuthCommon
import HuaweiCloud
import JSONRPC
import MCP
package import MCPServer
import ProcessSupport

/// The features of a server as the framework serves them, on the tools that are left after the filter.
package struct ServedFeatures: Sendable {
    /// The most suggestions of one answer.
    static let maximumSuggestions = 100
    /// The longest suggestion, in Unicode scalars.
    static let maximumSuggestionLength = 256
    /// How long the cloud may take for suggestions, the project lookup included.
    static let suggestionTime = Duration.seconds(5)

    private let families: [ResourceFamily]
    private let declared: [CloudPrompt]
    private let tools: [String: ServerTool]
    private let environment: ToolEnvironment

    /// - Parameter tools: The offered tools; a feature that needs another one does not exist.
    package init(_ features: ServerFeatures, tools: [ServerTool], environment: ToolEnvironment) {
        let tools = Dictionary(tools.map { ($0.definition.name, $0) }) { first, _ in first }
        families = features.resources.filter { tools[$0.tool] != nil }
        declared = features.prompts.filter { $0.tools.allSatisfy { tools[$0] != nil } }
        self.tools = tools
        self.environment = environment
    }

    /// The resources; nil when there are none.
    package var resources: ServerResources? {
        if families.isEmpty { return nil }
        return ServerResources(templates: families.map(\.template), read: { uri, request in try await read(uri, request) })
    }

    /// The prompts.
    package var prompts: [ServerPrompt] {
        declared.map { prompt in
            ServerPrompt(prompt.definition, isListed: { isAllowed(prompt, $0) }) { arguments, _ in
                GetPromptResult(
                    description: prompt.definition.description,
                    messages: [.init(content: .text(prompt.text(CloudPrompt.Values(arguments))))]
                )
            }
        }
    }

    /// Suggests values; nil when there is nothing to suggest anything for.
    package var complete: MCPServer.Complete? {
        if families.isEmpty, declared.isEmpty { return nil }
        return { completion, request in try await suggest(completion, request) }
    }

    private func isAllowed(_ prompt: CloudPrompt, _ request: RequestContext) -> Bool {
        prompt.tools.allSatisfy { tools[$0]?.isListed(request) ?? false }
    }

    // MARK: Reading

    /// Calls the tool of the family; nil when there is no such object, or no such tool for this caller.
    private func read(_ uri: String, _ request: RequestContext) async throws -> [ResourceContents]? {
        for family in families {
            guard let values = family.template.match(uri) else { continue }
            guard let tool = tools[family.tool], request.identity?.mayKnow(tool: family.tool) ?? true else { return nil }
            let result = try await tool.call(family.arguments(values), request)
            guard let envelope = result.structuredContent?.objectValue else { return nil }
            if let data = envelope["data"] {
                return [ResourceContents(uri: uri, mimeType: family.template.mimeType, body: .text(data.text(.compact)))]
            }
            guard let error = envelope["error"]?.objectValue, !isMissing(error, family) else { return nil }
            throw Self.failure(error)
        }
        return nil
    }

    /// Whether an error says that the URI names nothing.
    ///
    /// An id that the tool refuses names nothing either. A 404 of the API gateway means that the API is not published.
    private func isMissing(_ error: JSONObject, _ family: ResourceFamily) -> Bool {
        let code = error["code"]?.stringValue ?? ""
        if code == ErrorCode.notFound || code == ErrorCode.invalidParams || family.missingCodes.contains(code) { return true }
        return error["status_code"] == 404 && !code.utf8.starts(with: "APIGW.".utf8)
    }

    /// The error of a tool as one of the protocol: its HTTP status as code, outside the range that JSON-RPC reserves, and all of it as data.
    private static func failure(_ error: JSONObject) -> JSONRPCError {
        let status = error["status_code"]?.intValue ?? 500
        return JSONRPCError(
            code: JSONRPCError.Code((400...599).contains(status) ? status : 500),
            message: error["message"]?.stringValue ?? "The resource cannot be read.",
            data: .object(error)
        )
    }

    // MARK: Suggestions

    private func suggest(_ completion: CompleteRequest, _ request: RequestContext) async throws -> Completion? {
        let suggestions: Suggestions?
        switch completion.reference {
        case .prompt(let name):
            guard let prompt = declared.first(where: { $0.definition.name == name && isAllowed($0, request) }) else { return nil }
            suggestions = prompt.arguments.first { $0.definition.name == completion.argument }?.suggestions
        case .resource(let uri):
            guard let family = families.first(where: { $0.template.uriTemplate == uri }),
                request.identity?.mayKnow(tool: family.tool) ?? true
            else { return nil }
            suggestions = family.suggestions[completion.argument]
        }
        guard let suggestions, let identity = request.identity, suggestions.tool.map({ tools[$0]?.isListed(request) ?? false }) ?? true
        else {
            return Completion(values: [])
        }
        let input = Suggestions.Input(typed: completion.value, settled: completion.context)
        let values = Self.clean(try await ask(suggestions, input, context(request, identity)))
        return Completion(values: Array(values.prefix(Self.maximumSuggestions)), total: values.count)
    }

    /// The suggestions; none when anything fails.
    ///
    /// - Throws: `CancellationError`.
    private func ask(_ suggestions: Suggestions, _ input: Suggestions.Input, _ context: ToolContext) async throws -> [String] {
        let deadline = CloudDeadline(after: Self.suggestionTime, monotonic: environment.monotonic)
        do {
            return try await CloudDeadline.$current.withValue(deadline) { try await suggestions.values(input, context) }
        } catch {
            if Task.isCancelled { throw CancellationError() }
            environment.log.debug(
                "no-suggestions",
                ["call_id": .string(context.callID), "reason": .string(environment.errorText.clean("\(error)"))]
            )
            return []
        }
    }

    private func context(_ request: RequestContext, _ identity: Identity) -> ToolContext {
        ToolContext(
            identity: identity,
            callID: environment.newCallID(),
            request: request,
            log: environment.log,
            now: environment.date,
            clock: WaitClock(now: environment.monotonic, sleep: environment.sleep)
        )
    }

    /// Each value once, and only those that can be shown as they are.
    private static func clean(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { value in
            !value.isEmpty && value.unicodeScalars.count <= maximumSuggestionLength && ErrorText.singleLine(value) == value
                && seen.insert(value).inserted
        }
    }
}
