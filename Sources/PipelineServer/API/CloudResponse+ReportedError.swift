import HuaweiCloud
import JSONRPC

extension CloudResponse {
    /// The body as a JSON object that reports no error.
    ///
    /// - Throws: `UPSTREAM_INVALID_RESPONSE` when it is none; the error that it reports.
    func goodObject() throws(CloudError) -> JSONObject {
        let object = try object()
        if let error = reportedError(in: object) { throw error }
        return object
    }

    /// The error that a 2xx answer carries at its top level (pipeline.md §1.2); nil for a good one.
    func reportedError(in object: JSONObject) -> CloudError? {
        if let code = object.nonEmptyText("error_code") ?? object.nonEmptyText("errorCode") {
            let message = object.nonEmptyText("error_msg") ?? object.nonEmptyText("errorMsg") ?? object.nonEmptyText("message")
            return failure(code: code, message: message ?? "")
        }
        guard let error = object.lenientObject("error") else { return nil }
        let code = error.lenientText("code")
        let message = error.lenientText("message")
        if code == nil, message == nil { return nil }
        return failure(code: code.flatMap { $0.isEmpty ? nil : $0 } ?? CloudError.Code.upstreamInvalidResponse, message: message ?? "")
    }
}
