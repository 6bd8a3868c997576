package import HuaweiCloud

/// What a server's tools reach the cloud with.
package struct CloudAccess: Sendable {
    /// Sends signed requests.
    package let client: CloudClient
    /// Finds the cloud project id; not to be asked by servers whose use of it is ``ProjectIDUse/optional``.
    package let projectID: ProjectIDResolver
    /// `HUAWEICLOUD_PROJECT_ID`, if it is set.
    package let configuredProjectID: String?
    /// The region.
    package let region: String
    /// The values of the variables that the server declares for itself.
    package let variables: ServerVariables

    /// An access.
    package init(
        client: CloudClient,
        projectID: ProjectIDResolver,
        configuredProjectID: String?,
        region: String,
        variables: ServerVariables = ServerVariables()
    ) {
        self.client = client
        self.projectID = projectID
        self.configuredProjectID = configuredProjectID
        self.region = region
        self.variables = variables
    }
}
