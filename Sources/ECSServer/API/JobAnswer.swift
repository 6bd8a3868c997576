import HuaweiCloud
import JSONRPC

/// Reads the answers to requests that change something.
enum JobAnswer {
    /// The id of the job in `{"job_id":…}`.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE`, not retryable, when there is none: the request was accepted all the same.
    static func jobID(_ response: CloudResponse) throws(CloudError) -> String {
        guard let id = try body(response).nonEmptyText("job_id") else {
            throw senseless(response, "The API accepted the request but named no job.")
        }
        return id
    }

    /// The body of an accepted request.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` as `CloudResponse` does, with a hint that the operation may have begun.
    static func body(_ response: CloudResponse) throws(CloudError) -> JSONObject {
        do {
            return try response.object()
        } catch {
            var error = error
            error.hint = error.hint ?? hint
            throw error
        }
    }

    /// An accepted request whose answer does not tell what became of it.
    static func senseless(_ response: CloudResponse, _ message: String) -> CloudError {
        response.invalid(message, hint: hint)
    }

    private static let hint = "The operation may have begun. Look at the servers with ecs_get_server before anything is repeated."
}
