import JSONRPC

extension Job {
    /// The job as the API describes it (`ecs.md` §2.4).
    var json: JSONValue {
        var entities = JSONObject()
        if parts.count == 1, let server = parts.first?.serverID { entities["server_id"] = .string(server) }
        entities["sub_jobs_total"] = .int(parts.count)
        entities["sub_jobs"] = .array(parts.map(\.json))
        var object: JSONObject = [
            "job_id": .string(id),
            "job_type": .string(type),
            "status": .string(status.rawValue),
            "begin_time": .string(accepted.iso8601Milliseconds),
            "end_time": .string(ended?.iso8601Milliseconds ?? ""),
            "entities": .object(entities),
            "error_code": .optional(failure?.code),
            "fail_reason": .optional(failure?.reason),
        ]
        if awaitsPayment { object["message"] = "The order of this operation has not been paid." }
        return .object(object)
    }
}

extension JobPart {
    /// The part as the API describes it among `sub_jobs`.
    var json: JSONValue {
        var entities: JSONObject = ["server_id": .string(serverID)]
        let visible = status == .failed ? failure : nil
        if let visible { entities["errorcode_message"] = .string("\(visible.code): \(visible.reason)") }
        return [
            "job_id": .string(id),
            "job_type": .string(type),
            "status": .string(status.rawValue),
            "begin_time": .string(began?.iso8601Milliseconds ?? ""),
            "end_time": .string(ended?.iso8601Milliseconds ?? ""),
            "error_code": .optional(visible?.code),
            "fail_reason": .optional(visible?.reason),
            "entities": .object(entities),
        ]
    }
}
