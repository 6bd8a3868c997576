import JSONRPC

/// Asks IAM for the project of a region (huaweicloud-http.md §4).
struct ProjectLookup: Sendable {
    private static let setIt = "Set HUAWEICLOUD_PROJECT_ID to the id of the project to work in."

    let client: CloudClient

    /// The id of the only project of the region.
    ///
    /// - Throws: `PROJECT_ID_LOOKUP_FAILED`; `UNSUPPORTED_REGION` when no IAM endpoint is known; a cancellation.
    func projectID() async throws(CloudError) -> String {
        let response: CloudResponse
        do throws(CloudError) { response = try await client.send(request) } catch { throw failure(error) }
        let projects: [JSONValue]
        do throws(CloudError) { projects = try response.object().lenientArray("projects") } catch { throw failure(error) }
        let ids = projects.compactMap { $0.objectValue?.lenientText("id") }.filter { !$0.isEmpty }
        guard let id = ids.first else {
            throw failure(
                response,
                "IAM knows no project of this account in the region \(client.region).",
                hint: "The region or the account is wrong, or the project is not visible to these credentials. \(Self.setIt)"
            )
        }
        guard ids.count == 1 else {
            throw failure(response, "IAM knows several projects in the region \(client.region): \(ids.joined(separator: ", ")).")
        }
        guard Self.isUsable(id) else { throw failure(response, "IAM's answer holds a project id that cannot be used.") }
        return id
    }

    private var request: CloudRequest {
        CloudRequest(
            service: .iam,
            operation: "KeystoneListProjects",
            method: "GET",
            path: "/v3/projects",
            query: [("name", .text(client.region))],
            idempotency: .read
        )
    }

    private func failure(_ response: CloudResponse, _ message: String, hint: String = setIt) -> CloudError {
        response.failure(code: CloudError.Code.projectIDLookupFailed, message: message, hint: hint)
    }

    /// The error of the request as one of the lookup: its code and message become part of the message.
    private func failure(_ error: CloudError) -> CloudError {
        if error.isCancellation { return error }
        if error.code == CloudError.Code.unsupportedRegion {
            var error = error
            error.addHint("Or set HUAWEICLOUD_PROJECT_ID; then IAM is not asked.")
            return error
        }
        var failure = CloudError(
            code: CloudError.Code.projectIDLookupFailed,
            message: MessageCleaner.withoutControls(
                "The project id could not be looked up at IAM: \(error.code): \(error.message)",
                limit: MessageCleaner.maximumLength
            ),
            hint: error.hint,
            requestID: error.requestID,
            statusCode: error.statusCode,
            retryable: error.retryable
        )
        failure.addHint("Setting HUAWEICLOUD_PROJECT_ID makes the lookup unnecessary.")
        return failure
    }

    /// Fit for a path and a header: letters, digits, `-` and `_`, at most 64.
    private static func isUsable(_ id: String) -> Bool {
        id.utf8.count <= 64 && id.utf8.allSatisfy { PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "~") }
    }
}
