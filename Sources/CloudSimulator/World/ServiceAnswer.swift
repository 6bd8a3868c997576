import JSONRPC

/// What a service answers, before the gateway in front of it adds its headers.
struct ServiceAnswer: Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// The body, or nil for none.
    var body: JSONValue?
    /// What was done, for the audit trail; empty for reads.
    var activities: [Activity]

    /// An answer.
    init(status: Int = 200, _ body: JSONValue?, activities: [Activity] = []) {
        self.status = status
        self.body = body
        self.activities = activities
    }
}

/// An operation on one resource as the audit trail names it.
struct Activity: Sendable, Hashable {
    /// The service's code, for example `ECS`.
    var service: String
    /// The operation, for example `startServer`.
    var operation: String
    /// The kind of resource, for example `ecs`.
    var resourceType: String
    /// The resource's name, if it has one.
    var resourceName: String?
    /// The resource's identifier.
    var resourceID: String?
}

/// A refusal of a service.
struct ServiceError: Error, Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// The body in the service's own error shape.
    var body: JSONValue
    /// What was attempted, for the audit trail; empty for reads.
    var activities: [Activity] = []

    /// The same refusal, on record as a failed attempt at these operations.
    func attempting(_ activities: [Activity]) -> ServiceError {
        var copy = self
        copy.activities = activities
        return copy
    }
}
