/// A service of the cloud that the servers call.
///
/// The raw value is its name in override variables (huaweicloud-http.md §3).
package enum CloudService: String, Sendable, Hashable, CaseIterable {
    case ecs = "ECS"
    case cts = "CTS"
    case pipeline = "CODEARTSPIPELINE"
    case iam = "IAM"
}
