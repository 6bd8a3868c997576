import AuthCommon
import CloudServer
import JSONRPC
import TestSupport
import Testing

@testable import PipelineServer

/// The server's tools on a fake cloud.
struct Bench: ServerBench {
    static let usualRole = Role.admin

    /// The CodeArts project that paths name.
    static let project = "c0de0123456789abcdef0123456789ab"

    let served: ServedTools

    /// - Parameters:
    ///   - project: `CODEARTS_DEFAULT_PROJECT_ID`.
    ///   - cloudProject: `HUAWEICLOUD_PROJECT_ID`.
    init(
        _ answers: FakeCloud.Answer...,
        region: String = "af-south-1",
        project: String? = Self.project,
        cloudProject: String? = nil,
        retries: Int = 0,
        policy: ApprovalPolicy = .twoPhase
    ) throws {
        served = try ServedTools(
            of: CodeArtsPipelineServer.self,
            on: FakeCloud(answers),
            region: region,
            project: cloudProject,
            variables: project.map { ["CODEARTS_DEFAULT_PROJECT_ID": $0] } ?? [:],
            retries: retries,
            policy: policy
        )
    }

    /// Calls a tool that must succeed and returns its `data` as compact JSON.
    func data(
        _ name: String,
        _ arguments: JSONObject = [:],
        as role: Role? = Self.usualRole,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        try await success(name, arguments, as: role, sourceLocation: sourceLocation).text(.compact)
    }

    /// Makes a preview and returns the arguments that confirm it.
    func preview(
        _ name: String,
        _ arguments: JSONObject,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONObject {
        let preview = try await success(name, arguments, sourceLocation: sourceLocation)
        #expect(preview["status"] == "pending_approval", sourceLocation: sourceLocation)
        return ["approval_id": preview["approval_id"] ?? .null]
    }

    /// The path of the project's pipelines, with what follows.
    static func pipelines(_ rest: String = "", project: String = Self.project) -> String { "/v5/\(project)/api/pipelines\(rest)" }
}

extension FakeCloud {
    /// The requests that may have changed something.
    var writes: [Sent] { sent.filter { $0.method != "GET" && !$0.target.hasSuffix("/pipelines/list") } }
}
