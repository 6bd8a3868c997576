import HuaweiCloud
import JSONRPC

/// `PUT /v5/{cid}/api/pipelines/{pipeline_id}/unban` or `…/ban`: enables or disables a pipeline.
///
/// Without a body; answered with a bare boolean.
struct SetPipelineStatusRequest: PipelineRequest {
    /// What the pipeline becomes.
    enum Status: String, Sendable, CaseIterable {
        case enabled
        case disabled

        /// The last segment of the path.
        fileprivate var segment: String {
            switch self {
            case .enabled: "unban"
            case .disabled: "ban"
            }
        }

        /// The code for the answer `false`.
        fileprivate var failureCode: String {
            switch self {
            case .enabled: PipelineErrorCode.unbanFailed
            case .disabled: PipelineErrorCode.banFailed
            }
        }
    }

    static let operation = "SetPipelineStatus"

    let method = "PUT"
    let idempotency = Idempotency.write
    let id: String
    let status: Status

    var segments: [String] { [id, status.segment] }

    /// `true`, nothing, `null` and an object without an error are good answers (pipeline.md §6).
    ///
    /// - Throws: `BAN_FAILED` or `UNBAN_FAILED` for `false`, also as a text; the error that the answer reports;
    ///   `UPSTREAM_INVALID_RESPONSE` for anything else.
    func answer(_ response: CloudResponse) throws(CloudError) {
        if response.body.isEmpty { return }
        let value: JSONValue
        do throws(CloudError) { value = try response.json() } catch { throw response.invalid(error.message, hint: Self.hint) }
        switch value {
        case .null: return
        case .object(let object): if let error = response.reportedError(in: object) { throw error }
        case .bool, .number, .string, .array:
            switch value.lenientBool {
            case true?: return
            case false?: throw refused(response)
            case nil: throw response.invalid("The API's answer is not a boolean but of kind \(value.kind).", hint: Self.hint)
            }
        }
    }

    private func refused(_ response: CloudResponse) -> CloudError {
        response.failure(
            code: status.failureCode,
            message: "The API answered false: the pipeline was not \(status.rawValue).",
            hint: "Look at `banned` with pipeline_get_detail: the pipeline may be \(status.rawValue) already."
        )
    }

    private static let hint = "The pipeline may have been enabled or disabled. Look at `banned` with pipeline_get_detail."
}
