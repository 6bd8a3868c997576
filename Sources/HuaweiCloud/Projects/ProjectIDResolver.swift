import ProcessSupport

/// Finds the cloud project id that ECS and CTS need: the configured one, else IAM's for the region (huaweicloud-http.md §4).
package struct ProjectIDResolver: Sendable {
    /// Where the project id comes from.
    package enum Source: String, Sendable, Hashable {
        /// `HUAWEICLOUD_PROJECT_ID`.
        case configured
        /// A lookup at IAM when it is needed.
        case lookup
    }

    private let configured: String?
    private let client: CloudClient
    /// By access key.
    ///
    /// The region is that of the client.
    private let flights = SingleFlight<Secret, String, CloudError>()

    /// - Parameters:
    ///   - configured: The value of `HUAWEICLOUD_PROJECT_ID`; nil or empty when it is not set.
    ///   - client: Asks IAM, with its credentials and for its region.
    package init(configured: String?, client: CloudClient) {
        self.configured = configured.flatMap { $0.isEmpty ? nil : $0 }
        self.client = client
    }

    /// Where the project id comes from.
    package var source: Source { configured == nil ? .lookup : .configured }

    /// The project id as far as it is known without asking anybody.
    package func knownProjectID() async -> String? {
        if let configured { return configured }
        guard let accessKeyID = try? await client.credentials.credentials().accessKeyID else { return nil }
        return flights.kept(for: accessKeyID)
    }

    /// The project id.
    ///
    /// The first call that needs it asks IAM; simultaneous callers share that request, and the answer is kept for the life of the
    /// process.
    ///
    /// - Throws: `PROJECT_ID_LOOKUP_FAILED`, which is not kept; `UNSUPPORTED_REGION` when no IAM endpoint is known; an error whose
    ///   ``CloudError/isCancellation`` is true when the task is cancelled.
    package func projectID() async throws(CloudError) -> String {
        if let configured { return configured }
        let accessKeyID = try await client.credentials.credentials().accessKeyID
        let lookup = ProjectLookup(client: client)
        let result = await flights.value(for: accessKeyID) {
            do throws(CloudError) { return .success(try await lookup.projectID()) } catch { return .failure(error) }
        }
        guard let result else { throw .cancelled }
        return try result.get()
    }
}
