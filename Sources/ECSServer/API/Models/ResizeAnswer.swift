/// What a resize was answered with; at least one of the two is there.
struct ResizeAnswer: Sendable, Hashable {
    /// The job that resizes.
    var jobID: String?
    /// The order of a prepaid server; may need payment.
    var orderID: String?
}
