import CloudServer
import HuaweiCloud
import JSONRPC

/// The second phase of an update: makes the previewed change of a pipeline that is still the same, and looks at the result
/// (pipeline.md §5.6).
struct UpdateExecution: Sendable {
    /// The stored content is not what the first phase stores; a bug.
    struct MalformedContent: Error {}

    let client: PipelineClient

    /// Reads, compares, writes and reads back.
    ///
    /// - Throws: `CONFLICT_STALE_PREVIEW`, with which nothing was written; the cloud's errors.
    func execute(_ content: JSONObject, _ context: ToolContext) async throws -> JSONObject {
        guard let update = StoredUpdate(content: content) else { throw MalformedContent() }
        let detail = try await read(update)
        guard Digest.fingerprint(of: detail) == update.fingerprint else { throw Self.stalePreview }
        let plan = try UpdatePlan(update.change, of: detail)
        let record = UpdateRecord(update: update, plan: plan, context: context)
        let receipt: UpdatePipelineRequest.Receipt
        do throws(CloudError) {
            let request = UpdatePipelineRequest(id: update.pipelineID, componentID: detail.componentID, body: plan.body)
            receipt = try await client.send(request, in: update.project)
        } catch {
            record.failed(error)
            throw error
        }
        let verified = await verify(plan.outcome, of: update)
        record.succeeded(verified: verified, requestID: receipt.requestID)
        return [
            "pipeline_id": .string(update.pipelineID), "changes": .object(plan.changes.json),
            "definition_hash_before": .string(plan.hashBefore), "definition_hash_after": .string(plan.hashAfter),
            "raw_response": ["pipeline_id": .optional(receipt.pipelineID)], "verified": .optional(verified),
            "warnings": .array(Self.warnings(verified)),
        ]
    }

    /// The pipeline as it is now; a failure here has changed nothing.
    private func read(_ update: StoredUpdate) async throws(ToolError) -> PipelineDetail {
        do throws(CloudError) { return try await client.send(ShowPipelineRequest(id: update.pipelineID), in: update.project) } catch {
            var error = ToolError(error)
            error.nothingChanged = true
            throw error
        }
    }

    /// Whether the pipeline has the new values now; nil when it could not be read.
    private func verify(_ outcome: UpdateOutcome, of update: StoredUpdate) async -> Bool? {
        // The log of the call names the request that wrote, not this one.
        await CloudTrace.$current.withValue(nil) {
            do throws(CloudError) {
                return outcome.holds(in: try await client.send(ShowPipelineRequest(id: update.pipelineID), in: update.project))
            } catch {
                return nil
            }
        }
    }

    private static func warnings(_ verified: Bool?) -> [JSONValue] {
        switch verified {
        case true?: []
        case false?:
            [
                "The API accepted the update, but the values read back differ from those written. Look at the pipeline with pipeline_get_detail."
            ]
        case nil: ["The API accepted the update, but the pipeline could not be read back. Look at it with pipeline_get_detail."]
        }
    }

    private static let stalePreview = ToolError(
        code: ErrorCode.conflictStalePreview,
        message: "The pipeline has changed since the preview; nothing was written.",
        hint: "Request a new preview and show it to the user again."
    )

    /// The schema of the result.
    static let schema = OutputSchema.object([
        "pipeline_id": Shape.text(), "changes": Shape.openObject("As in the preview."), "definition_hash_before": Shape.text(),
        "definition_hash_after": Shape.text(), "raw_response": Shape.object(["pipeline_id": Shape.textOrNull()]),
        "verified": Shape.flagOrNull("Whether the new values were read back; null: unknown."), "warnings": Shape.array(of: Shape.text()),
    ])
}
