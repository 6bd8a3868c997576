public import JSONRPC

/// Thrown by a handler that cannot go on without answers of the client (2026-07-28, multi-round-trip requests).
///
/// The client repeats the request with the answers, and the handler runs anew: it must have no effect before the last answer.
public struct InputRequired: Error, Sendable, Hashable {
    /// What is asked, by key.
    public var requests: [(key: String, request: InputRequest)] { pairs.map { ($0.key, $0.request) } }

    /// What comes back verbatim; it is in the client's hands and must be sealed.
    public var requestState: String?

    private struct Pair: Sendable, Hashable {
        var key: String
        var request: InputRequest
    }

    private var pairs: [Pair]

    /// A demand.
    public init(_ requests: [(key: String, request: InputRequest)], requestState: String? = nil) {
        pairs = requests.map { Pair(key: $0.key, request: $0.request) }
        self.requestState = requestState
    }

    /// The result's wire form, without what every result has.
    public var json: JSONObject {
        var object: JSONObject = ["resultType": "input_required"]
        if !pairs.isEmpty {
            var requests: JSONObject = [:]
            for pair in pairs { requests[pair.key] = pair.request.json }
            object["inputRequests"] = .object(requests)
        }
        object.set("requestState", requestState.map(JSONValue.string))
        return object
    }
}
