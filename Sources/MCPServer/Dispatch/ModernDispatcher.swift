import JSONRPC
import MCP

/// Serves the requests of 2026-07-28: no handshake, no session, metadata with every request.
///
/// Knows no transport.
struct ModernDispatcher: Sendable {
    /// What becomes of a request.
    enum Outcome: Sendable {
        /// The answer is here.
        case ready(JSONRPCResponse)
        /// The request's metadata is missing or malformed; over HTTP this is a bad request whatever the error's code.
        case malformed(JSONRPCResponse)
        /// The work waits to be run in a task of the transport's; cancelling that task cancels the request, which then gets no answer.
        case running(@Sendable () async -> JSONRPCResponse?)
    }

    let server: MCPServer

    /// Takes a request, in the order of checks of mcp.md §2.4.
    ///
    /// - Parameter headers: The routing headers over HTTP, which must say what the body says; nil on stdio.
    func receive(_ request: JSONRPCRequest, from origin: MessageOrigin, headers: RoutingHeaders?, sink: any MessageSink) -> Outcome {
        let metadata: RequestMetadata
        do throws(JSONRPCError) {
            try headers?.checkRepetition()
            metadata = try RequestMetadata(params: request.params)
        } catch {
            return .malformed(JSONRPCResponse(id: request.id, error: error))
        }
        do throws(JSONRPCError) {
            try headers?.check(request, version: metadata.protocolVersion)
            guard metadata.protocolVersion == ProtocolRevision.v2026_07_28.rawValue else {
                throw .unsupportedRevision(metadata.protocolVersion)
            }
            switch request.method {
            case "server/discover": return .ready(complete(request, discover))
            case SubscriptionFilter.method where server.changes != nil:
                let filter = try SubscriptionFilter(params: request.params, honouring: server.capabilities)
                return .running { await listen(request, filter, sink) }
            default: return try work(request, try context(request, metadata, origin, sink), headers)
            }
        } catch {
            return .ready(JSONRPCResponse(id: request.id, error: error))
        }
    }

    private func context(
        _ request: JSONRPCRequest,
        _ metadata: RequestMetadata,
        _ origin: MessageOrigin,
        _ sink: any MessageSink
    ) throws(JSONRPCError) -> RequestContext {
        var responses: JSONObject = [:]
        var state: String?
        if Self.mayAsk(request.method) {
            switch request.params?["inputResponses"] {
            case nil: break
            case .object(let object): responses = object
            default: throw .invalidParams("params.inputResponses must be an object")
            }
            switch request.params?["requestState"] {
            case nil: break
            case .string(let text): state = text
            default: throw .invalidParams("params.requestState must be a string")
            }
        }
        return RequestContext(
            revision: .v2026_07_28,
            clientInfo: metadata.clientInfo,
            clientCapabilities: metadata.capabilities,
            requestID: request.id,
            origin: origin,
            progressToken: ProgressNotification.token(of: request.params),
            inputResponses: responses,
            requestState: state,
            sink: sink,
            logLevel: { metadata.logLevel }
        )
    }

    private func work(_ request: JSONRPCRequest, _ context: RequestContext, _ headers: RoutingHeaders?) throws(JSONRPCError) -> Outcome {
        guard let work = try FeatureDispatcher(server: server).work(request.method, request.params, context) else {
            throw .methodNotFound(request.method)
        }
        if let headers, request.method == CallToolRequest.method {
            let call = try CallToolRequest(params: request.params)
            try headers.check(server.tool(call.name, context)?.headerParameters ?? [], call.arguments)
        }
        switch work {
        case .done(let body): return .ready(complete(request, body))
        case .running(let run): return .running { await finish(request, run) }
        }
    }

    private func finish(_ request: JSONRPCRequest, _ run: @Sendable () async throws -> ResultBody) async -> JSONRPCResponse? {
        do {
            let body = try await run()
            return Task.isCancelled ? nil : complete(request, body)
        } catch let demand as InputRequired {
            guard Self.mayAsk(request.method) else {
                return JSONRPCResponse(id: request.id, error: JSONRPCError(code: .internalError, message: "The request failed"))
            }
            var members = demand.json
            stamp(&members)
            return Task.isCancelled ? nil : JSONRPCResponse(id: request.id, result: .object(members))
        } catch InputFailure.unsupported(let capability) {
            return JSONRPCResponse(id: request.id, error: .missingCapability([capability: [:]]))
        } catch let error as JSONRPCError {
            return Task.isCancelled ? nil : JSONRPCResponse(id: request.id, error: error)
        } catch {
            if Task.isCancelled || error is CancellationError { return nil }
            return JSONRPCResponse(id: request.id, error: JSONRPCError(code: .internalError, message: "The request failed"))
        }
    }

    /// Only these may answer with a demand for input.
    private static func mayAsk(_ method: String) -> Bool {
        method == CallToolRequest.method || method == "prompts/get" || method == "resources/read"
    }

    private var discover: ResultBody {
        var members: JSONObject = [
            "supportedVersions": .array(ProtocolRevision.supported.map { .string($0.rawValue) }),
            "capabilities": server.capabilities.json(.v2026_07_28),
        ]
        members.set("instructions", server.instructions.map(JSONValue.string))
        return ResultBody(members, cache: CacheHint(milliseconds: 0, scope: .private))
    }

    /// A complete result with everything that this revision adds.
    private func complete(_ request: JSONRPCRequest, _ body: ResultBody) -> JSONRPCResponse {
        var members: JSONObject = ["resultType": "complete"]
        for member in body.members { members[member.key] = member.value }
        body.cache?.stamp(&members)
        stamp(&members)
        return JSONRPCResponse(id: request.id, result: .object(members))
    }

    private func stamp(_ members: inout JSONObject) {
        var meta = members["_meta"]?.objectValue ?? [:]
        meta[RequestMetadata.serverInfoKey] = server.info.json(.v2026_07_28)
        members["_meta"] = .object(meta)
    }

    /// Announces changes until the client goes away or the server shuts down.
    private func listen(_ request: JSONRPCRequest, _ filter: SubscriptionFilter, _ sink: any MessageSink) async -> JSONRPCResponse? {
        guard let changes = server.changes else { return nil }
        let (ended, end) = AsyncStream<Never>.makeStream()
        let outlet = SubscriptionOutlet(sink)
        let listener = ChangeHub.Listener(notification: { filter.notification($0, for: request.id) }, sink: outlet)
        // Listening begins before the acknowledgement is out: whoever has read that has missed nothing since.
        let id = changes.add(listener, onShutDown: { end.finish() })
        defer { changes.remove(id) }
        await outlet.open(with: .notification(filter.acknowledgement(for: request.id)))
        for await _ in ended {}
        if Task.isCancelled { return nil }
        let meta: JSONObject = [RequestMetadata.subscriptionIDKey: request.id.json]
        return complete(request, ResultBody(["_meta": .object(meta)]))
    }
}
