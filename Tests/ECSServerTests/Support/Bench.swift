import AuthCommon
import CloudServer
import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// The server's tools on a fake cloud.
struct Bench: ServerBench {
    static let usualRole = Role.admin

    /// The project that paths name.
    static let project = "0123456789abcdef0123456789abcdef"

    let served: ServedTools

    init(_ answers: FakeCloud.Answer..., region: String = "af-south-1", project: String? = Self.project, policy: ApprovalPolicy = .twoPhase)
        throws
    {
        served = try ServedTools(of: ElasticCloudServer.self, on: FakeCloud(answers), region: region, project: project, policy: policy)
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

    /// The path of the project's servers, with what follows.
    static func servers(_ rest: String, version: String = "v1") -> String { "/\(version)/\(project)/cloudservers\(rest)" }
}

extension FakeCloud {
    /// The requests that may have changed something: every POST but a dry run.
    var writes: [Sent] { sent.filter { $0.method != "GET" && !$0.body.contains("\"dry_run\"") } }
}
