/// The conditions of a search; nil = not given.
struct TraceFilters: Sendable, Hashable {
    var serviceType: String?
    var user: String?
    var traceRating: String?
    var traceName: String?
    var resourceType: String?
    var resourceName: String?
    var resourceID: String?

    /// Those that are given, by the API's names.
    var given: [(name: String, value: String)] {
        let all = [
            ("service_type", serviceType), ("user", user), ("resource_type", resourceType), ("resource_name", resourceName),
            ("resource_id", resourceID), ("trace_name", traceName), ("trace_rating", traceRating),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}
