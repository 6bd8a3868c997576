import JSONRPC

/// A trace of a data set.
struct TraceRecord: Sendable, Hashable {
    var kind: Trace.Kind
    /// How long before the start it happened.
    var ageSeconds: Int
    /// What the API tells, without identifier and times.
    var members: JSONObject

    /// The trace, seen from the start.
    ///
    /// - Parameter number: Its place in the data set, from which its identifier follows.
    func trace(now: Timestamp, number: Int) -> Trace {
        Trace(
            id: members["trace_id"]?.stringValue ?? IdentifierDigest.uuid(of: "trace \(number)"),
            kind: kind,
            time: now.adding(seconds: -Int64(ageSeconds)),
            members: members
        )
    }

    /// The trace as a record of a data set.
    var record: JSONValue {
        ["type": .string(kind.rawValue), "age_seconds": .int(ageSeconds), "trace": .object(members)]
    }
}

extension DataSetReader {
    /// A trace.
    mutating func trace(_ record: Record) -> TraceRecord {
        allow(record, ["type", "age_seconds", "trace"])
        let members = part(record, "trace")
        if members == nil, record.object["trace"]?.isNull ?? true { report("\(record.path).trace", "is missing") }
        if let members { _ = optionalText(members, "trace_id") }
        return TraceRecord(
            kind: choice(record, "type", default: Trace.Kind.system),
            ageSeconds: integer(record, "age_seconds", in: 0...604_800),
            members: members?.object ?? [:]
        )
    }
}
