extension JSONRPCDecoder {
    /// The elements of the array at the reader's position, and then nothing more.
    static func batch(
        _ reader: inout JSONReader,
        _ bytes: Span<UInt8>
    ) throws(JSONParseError) -> Result<JSONRPCPayload, InvalidMessage> {
        let bracket = UInt8(ascii: "]")
        var messages: [Result<JSONRPCMessage, InvalidMessage>] = []
        var isTooLong = false
        try reader.open(bytes)
        reader.messageDepth = 2
        if try !reader.closes(bracket, bytes) {
            repeat {
                reader.found = JSONReader.Duplicates()
                let json = try reader.value(bytes)
                isTooLong = messages.count >= maximumBatch
                if !isTooLong { messages.append(message(json, duplicates: reader.found)) }
            } while try reader.continues(until: bracket, bytes)
        }
        try reader.end(bytes)
        if messages.isEmpty { return .failure(.invalidRequest("the batch is empty")) }
        if isTooLong { return .failure(.invalidRequest("the batch has more than \(maximumBatch) messages")) }
        return .success(.batch(messages))
    }

    /// The message that a value is, unless member names occurred twice in it.
    static func message(_ json: JSONValue, duplicates: JSONReader.Duplicates) -> Result<JSONRPCMessage, InvalidMessage> {
        guard case .object(let object) = json else { return .failure(.invalidRequest("a message is an object")) }
        let id = object["id"].map(RequestID.init)
        if duplicates.exist {
            // Which of two ids was meant, nobody can tell.
            return .failure(.invalidRequest("a member occurs twice", id: duplicates.concernID ? nil : id ?? nil))
        }
        return message(object, id: id)
    }

    /// The message that an object is; the id is nil if there is none, and .some(nil) if it is none that is allowed.
    private static func message(_ object: JSONObject, id: RequestID??) -> Result<JSONRPCMessage, InvalidMessage> {
        let knownID = id ?? nil
        guard case .string(let version) = object["jsonrpc"], ExactString.same(version, "2.0") else {
            return .failure(.invalidRequest("jsonrpc must be \"2.0\"", id: knownID))
        }
        guard let method = object["method"] else { return response(object, id: id) }
        guard case .string(let name) = method else { return .failure(.invalidRequest("method must be a string", id: knownID)) }
        if object.contains("result") || object.contains("error") {
            return .failure(.invalidRequest("a request has neither result nor error", id: knownID))
        }
        var params: JSONObject?
        var hasBadParams = false
        switch object["params"] {
        case nil: break
        case .object(let members): params = members
        default: hasBadParams = true
        }
        switch id {
        case nil:
            if hasBadParams { return .failure(.invalidRequest("params must be an object")) }
            return .success(.notification(JSONRPCNotification(method: name, params: params)))
        case .some(nil):
            return .failure(.invalidRequest("id must be a string or an integer"))
        case .some(let id?):
            if hasBadParams {
                let error = JSONRPCError(code: .invalidParams, message: "Invalid params: params must be an object")
                return .failure(InvalidMessage(error: error, id: id))
            }
            return .success(.request(JSONRPCRequest(id: id, method: name, params: params)))
        }
    }

    private static func response(_ object: JSONObject, id: RequestID??) -> Result<JSONRPCMessage, InvalidMessage> {
        let knownID = id ?? nil
        switch (object["result"], object["error"]) {
        case (nil, nil):
            return .failure(.invalidRequest("there is no method, result or error", id: knownID))
        case (.some, .some):
            return .failure(.invalidRequest("a response has either result or error", id: knownID))
        case (let result?, nil):
            guard let knownID else { return .failure(.invalidRequest("id must be a string or an integer")) }
            return .success(.response(JSONRPCResponse(id: knownID, result: result)))
        case (nil, let json?):
            // JSON-RPC 2.0 §5 wants a null id where the request was unreadable, MCP leaves it out; both come from elsewhere.
            guard knownID != nil || id == nil || object["id"] == .null else {
                return .failure(.invalidRequest("id must be a string or an integer"))
            }
            guard let error = JSONRPCError(json) else {
                return .failure(.invalidRequest("error must have an integer code and a message", id: knownID))
            }
            return .success(.response(JSONRPCResponse(id: knownID, error: error)))
        }
    }
}
