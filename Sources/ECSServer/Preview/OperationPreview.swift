import CloudServer
import JSONRPC

/// The first phase of an operation: reads what it would touch and tells what would happen (ecs.md §3.3).
struct OperationPreview: Sendable {
    let client: ECSClient

    /// The preview.
    ///
    /// - Throws: `NOT_FOUND` when a server is unknown; what the API's dry run of a resize objects to; the cloud's errors.
    func prepare(_ operation: DestructiveOperation) async throws -> Prepared {
        let targets = try await TargetReader(client: client).targets(of: operation)
        var members = operation.content
        if case .resize(let resize) = operation {
            try await client.send(CheckResizeRequest(resize: resize))
            members["dry_run"] = "passed"
        }
        let wording = ConsentWording(operation: operation, targets: targets)
        members["targets"] = .array(targets.map { .object($0.json) })
        return .needsConsent(
            PreparedOperation(
                action: operation.action,
                members: members,
                warnings: PreviewWarnings.warnings(for: operation, targets: targets),
                targets: wording.consentTargets,
                content: operation.content,
                outcomeHint: operation.outcomeHint,
                headline: wording.headline,
                details: wording.details,
                irreversible: wording.irreversible
            )
        )
    }

    /// The schema of a preview whose arguments are shown under these names, before the targets.
    static func schema(_ arguments: JSONObject) -> JSONObject {
        var members = arguments
        members["targets"] = Shape.array(of: Target.schema)
        return PreparedOperation.dataSchema(members: members)
    }
}
