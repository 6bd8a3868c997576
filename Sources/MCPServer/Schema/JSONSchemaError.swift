/// Why something is no usable JSON Schema.
public struct JSONSchemaError: Error, Sendable, Hashable {
    /// The place within the schema, as a JSON pointer in a fragment: `#/properties/limit/maximum`.
    public let location: String

    /// What is wrong there.
    public let problem: String

    /// An error at a place.
    init(at location: String, _ problem: String) {
        self.location = location
        self.problem = problem
    }
}

extension JSONSchemaError: CustomStringConvertible {
    /// The place and the problem.
    public var description: String { "\(location): \(problem)" }
}
