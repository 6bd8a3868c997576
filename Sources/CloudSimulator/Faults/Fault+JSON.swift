import HuaweiCloud
import JSONRPC

extension Fault {
    /// Reads `{"match":{"method","path_prefix"},"times","status","headers","body","body_text","delay_ms","drop","execute"}`.
    ///
    /// - Throws: ``ControlError`` that says which member is wrong.
    init(_ object: JSONObject) throws(ControlError) {
        let known = ["match", "times", "status", "headers", "body", "body_text", "delay_ms", "drop", "execute"]
        try ControlError.requireKnown(object, known, at: "")
        let match = try ControlError.object(object, "match") ?? JSONObject()
        try ControlError.requireKnown(match, ["method", "path_prefix"], at: "match.")
        method = try ControlError.text(match, "method", at: "match.")
        pathPrefix = try ControlError.text(match, "path_prefix", at: "match.")
        remaining = try ControlError.integer(object, "times", in: 1...1_000_000) ?? 1
        delayMilliseconds = Int64(try ControlError.integer(object, "delay_ms", in: 0...3_600_000) ?? 0)
        executes = try ControlError.flag(object, "execute")
        let drops = try ControlError.flag(object, "drop")
        let status = try ControlError.integer(object, "status", in: 200...599)
        let text = try ControlError.text(object, "body_text", at: "")
        var headers = HeaderList()
        for field in try ControlError.object(object, "headers") ?? JSONObject() {
            guard let value = field.value.stringValue, Self.isHeader(field.key, value) else {
                throw ControlError("headers.\(field.key) must be a header name with a text")
            }
            headers.append(field.key, value)
        }
        if drops {
            guard status == nil, text == nil, !object.contains("body") else {
                throw ControlError("drop closes the connection: leave out status, body and body_text")
            }
            outcome = .drop
        } else if let status {
            guard text == nil || !object.contains("body") else { throw ControlError("give body or body_text, not both") }
            var reply = APIReply(status: status, json: object["body"])
            if let text { reply = APIReply(status: status, headers: ["Content-Type": "text/plain;charset=utf-8"], body: Array(text.utf8)) }
            for field in headers { reply.headers[field.name] = field.value }
            outcome = .reply(reply)
        } else {
            guard text == nil, !object.contains("body"), headers.fields.isEmpty else {
                throw ControlError("body, body_text and headers need a status")
            }
            guard delayMilliseconds > 0 else { throw ControlError("give at least one of status, drop and delay_ms") }
            outcome = .passThrough
        }
    }

    /// The fault as the control endpoint lists it.
    var json: JSONValue {
        var match = JSONObject()
        match.set("method", method.map(JSONValue.string))
        match.set("path_prefix", pathPrefix.map(JSONValue.string))
        var object: JSONObject = ["match": .object(match), "times": .int(remaining), "delay_ms": .int(Int(delayMilliseconds))]
        switch outcome {
        case .passThrough: break
        case .drop: object["drop"] = true
        case .reply(let reply): object["status"] = .int(reply.status)
        }
        object["execute"] = .bool(executes)
        return .object(object)
    }

    private static func isHeader(_ name: String, _ value: String) -> Bool {
        let token = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
        return !name.isEmpty && token && value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }
}
