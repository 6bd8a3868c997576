/// One call to an API of the cloud, before it is signed.
package struct CloudRequest: Sendable {
    /// The service.
    package var service: CloudService
    /// The name of the operation, for the log, for example `ListServersDetails`.
    package var operation: String
    /// The HTTP method.
    package var method: String
    /// The path, begins with `/`; pieces that come from arguments are encoded with ``PercentEncoding/encode(_:)``.
    package var path: String
    /// The query parameters in any order.
    package var query: [(String, QueryValue)]
    /// The JSON body; nil for none.
    package var body: [UInt8]?
    /// Whether it may be repeated.
    package var idempotency: Idempotency
    /// The value of `X-Project-Id`; nil for none.
    package var projectID: String?

    /// A call of these parts.
    package init(
        service: CloudService,
        operation: String,
        method: String,
        path: String,
        query: [(String, QueryValue)] = [],
        body: [UInt8]? = nil,
        idempotency: Idempotency,
        projectID: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.idempotency = idempotency
        self.projectID = projectID
    }
}
