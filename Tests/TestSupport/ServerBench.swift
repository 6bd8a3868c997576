package import AuthCommon
package import JSONRPC
import MCP
package import MCPServer
package import Testing

/// Calls a server's tools as a client reaches them.
///
/// Every result is checked against the form that servers.md §1 demands and against the advertised output schema.
package protocol ServerBench: Sendable {
    /// Who calls unless a test says otherwise.
    static var usualRole: Role { get }
    /// The tools and all that is round them.
    var served: ServedTools { get }
}

extension ServerBench {
    /// Where the requests go.
    package var cloud: FakeCloud { served.cloud }
    /// The monotonic clock.
    package var clock: TestClock { served.clock }
    /// What the tools record.
    package var log: LogCapture { served.log }
    /// The tools as the framework serves them.
    package var tools: [ServerTool] { served.tools }

    /// Calls a tool and returns the envelope; without a subject the message has no identity, with a user the client can ask.
    @discardableResult
    package func call(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = Self.usualRole,
        subject: String? = "ada",
        user: TypingUser? = nil,
        progress: ProgressSink? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let tool = try #require(tools.first { $0.definition.name == name }, sourceLocation: sourceLocation)
        let result = try await tool.call(arguments, context(role, subject, user, progress))
        let envelope = try #require(result.structuredContent?.objectValue, sourceLocation: sourceLocation)
        #expect(result.content == [.text(JSONValue.object(envelope).text(.compact))], sourceLocation: sourceLocation)
        #expect(envelope["ok"]?.boolValue == !result.isError, sourceLocation: sourceLocation)
        let schema = try JSONSchema(try #require(tool.definition.outputSchema, sourceLocation: sourceLocation))
        let violations = schema.violations(of: .object(envelope))
        #expect(violations.isEmpty, "\(name): \(violations)", sourceLocation: sourceLocation)
        return envelope
    }

    /// Calls a tool that must succeed and returns its `data`.
    package func success(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = Self.usualRole,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let envelope = try await call(name, arguments, as: role, sourceLocation: sourceLocation)
        #expect(envelope["ok"] == true, "\(envelope.text())", sourceLocation: sourceLocation)
        return envelope["data"]?.objectValue ?? [:]
    }

    /// Calls a tool that must fail and returns its `error`.
    package func error(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = Self.usualRole,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let envelope = try await call(name, arguments, as: role, sourceLocation: sourceLocation)
        #expect(envelope["ok"] == false, "\(envelope.text())", sourceLocation: sourceLocation)
        return envelope["error"]?.objectValue ?? [:]
    }

    /// The names that a caller with this role is shown.
    package func listed(for role: Role?) -> [String] {
        let context = context(role, "ada")
        return tools.filter { $0.isListed(context) }.map(\.definition.name)
    }

    func context(_ role: Role?, _ subject: String?, _ user: TypingUser? = nil, _ progress: ProgressSink? = nil) -> RequestContext {
        let identity = subject.map { Identity(subject: $0, roles: role.map { [$0.rawValue] } ?? [], tenant: "acme") }
        return RequestContext(
            revision: .v2025_11_25,
            clientInfo: nil,
            clientCapabilities: user == nil ? ClientCapabilities() : ClientCapabilities(["elicitation": [:]]),
            requestID: .number(JSONNumber(1)),
            origin: MessageOrigin(identity: identity, transport: .stdio),
            progressToken: progress.map { _ in "p" },
            sink: progress ?? DiscardingSink(),
            asker: user ?? DeafClient()
        )
    }
}
