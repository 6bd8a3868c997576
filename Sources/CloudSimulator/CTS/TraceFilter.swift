import JSONRPC

/// What `GET …/traces` asks for (`cts.md` §8).
struct TraceFilter: Sendable, Hashable {
    var kind: Trace.Kind
    /// With it every other condition is ignored; only for `system`.
    var traceID: String?
    /// Exclusive, in milliseconds.
    var from: Int64
    /// Exclusive, in milliseconds.
    var to: Int64
    var limit: Int
    /// The last trace of the page before.
    var marker: String?
    /// Exact matches of text members; only for `system`.
    var members: [Tag]
    /// The user's name; only for `system`.
    var user: String?

    /// Reads a query.
    init(_ parameters: QueryParameters, now: Timestamp) throws(ServiceError) {
        guard let kind = Trace.Kind(rawValue: parameters["trace_type"] ?? "") else {
            throw CTSError.invalid("trace_type must be system or data.")
        }
        self.kind = kind
        limit = 10
        if let text = parameters["limit"] {
            guard let number = Int(text), (1...200).contains(number) else { throw CTSError.invalid("limit must be from 1 to 200.") }
            limit = number
        }
        to = try Self.moment(parameters, "to") ?? now.adding(milliseconds: 1).milliseconds
        from = try Self.moment(parameters, "from") ?? Timestamp(milliseconds: to).adding(seconds: -3_600).milliseconds
        guard from < to else { throw CTSError.invalid("from must be earlier than to.") }
        marker = parameters["next"]
        traceID = kind == .system ? parameters["trace_id"] : nil
        let names = ["service_type", "resource_type", "resource_id", "resource_name", "trace_name", "trace_rating"]
        // The API has these parameters for data events too, and pays no attention to them.
        members = kind == .data ? [] : names.compactMap { name in parameters[name].map { Tag(key: name, value: $0) } }
        user = kind == .data ? nil : parameters["user"]
    }

    /// Whether a trace is asked for.
    func admits(_ trace: Trace) -> Bool {
        guard trace.kind == kind else { return false }
        if let traceID { return trace.id.utf8.elementsEqual(traceID.utf8) }
        guard trace.time.milliseconds > from, trace.time.milliseconds < to else { return false }
        if let user {
            let name = trace.members["user"]?["user_name"]?.stringValue ?? trace.members["user"]?["name"]?.stringValue
            guard let name, name.utf8.elementsEqual(user.utf8) else { return false }
        }
        return members.allSatisfy { member in trace.text(member.key)?.utf8.elementsEqual(member.value.utf8) ?? false }
    }

    private static func moment(_ parameters: QueryParameters, _ name: String) throws(ServiceError) -> Int64? {
        guard let text = parameters[name] else { return nil }
        guard text.utf8.count == 13, let number = Int64(text), number >= 0 else {
            throw CTSError.invalid("\(name) must be a time of 13 digits.")
        }
        return number
    }
}
