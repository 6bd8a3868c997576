import CloudServer
import HuaweiCloud

extension ToolError {
    /// `NOT_FOUND` for servers that an otherwise good answer did not contain.
    static func noSuchServers(_ ids: [ServerID], origin: ResponseOrigin?, details: [Detail] = []) -> ToolError {
        let message =
            ids.count == 1
            ? "There is no server \(ids[0].text) in this project and region."
            : "\(ids.count) servers do not exist in this project and region."
        return ToolError(
            code: ErrorCode.notFound,
            message: message,
            hint: noSuchServerHint,
            requestID: origin?.requestID,
            statusCode: origin?.status,
            retryable: false,
            details: details
        )
    }

    /// The answer 404 to a request for one server as `NOT_FOUND`; nil for every other error.
    ///
    /// A 404 of the API gateway means that the API is not published, not that the server is missing; it stays as it is.
    static func noSuchServer(_ id: ServerID, _ error: CloudError) -> ToolError? {
        guard error.statusCode == 404, !error.code.utf8.starts(with: "APIGW.".utf8) else { return nil }
        return ToolError(
            code: ErrorCode.notFound,
            message: "There is no server \(id.text) in this project and region (\(error.code))",
            hint: noSuchServerHint,
            requestID: error.requestID,
            statusCode: error.statusCode,
            retryable: false
        )
    }

    private static let noSuchServerHint =
        "Check the id, the region and the project; ecs_list_servers shows the servers that exist."
}
