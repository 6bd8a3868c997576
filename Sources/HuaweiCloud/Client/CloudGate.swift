/// Asked right before a request that may change something goes out.
///
/// The caller binds it to its task; what it throws is the outcome of the request, of which nothing was sent then.
package enum CloudGate {
    /// Lets a request out by returning.
    package typealias Gate = @Sendable (CloudRequest) async throws(CloudError) -> Void

    /// The gate of the running call; nil: everything goes out.
    @TaskLocal package static var current: Gate?
}
