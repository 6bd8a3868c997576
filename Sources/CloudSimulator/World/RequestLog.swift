import JSONRPC

/// The latest requests to the services, for tests that want to know what was sent.
///
/// Control requests are not among them.
struct RequestLog: Sendable, Hashable {
    /// How many are remembered.
    static let capacity = 500

    /// Oldest first.
    private(set) var entries: [Entry] = []
    /// All that ever came.
    private(set) var total = 0

    /// One request.
    struct Entry: Sendable, Hashable {
        var time: Timestamp
        var method: String
        /// Path and query as sent.
        var target: String
        var body: [UInt8]
        /// 0 when the connection was closed without an answer.
        var status: Int
        var requestID: String?
    }

    /// Remembers a request.
    mutating func record(_ request: APIRequest, status: Int, requestID: String?, time: Timestamp) {
        total += 1
        if entries.count == Self.capacity { entries.removeFirst(Self.capacity / 2) }
        entries.append(
            Entry(
                time: time,
                method: request.method,
                target: request.query.isEmpty ? request.path : "\(request.path)?\(request.query)",
                body: request.body,
                status: status,
                requestID: requestID
            )
        )
    }

    /// The requests as the control endpoint shows them.
    var json: JSONValue {
        [
            "total": .int(total),
            "requests": .array(
                entries.map {
                    [
                        "time": .string($0.time.iso8601Milliseconds),
                        "method": .string($0.method),
                        "target": .string($0.target),
                        "body": .string(String(decoding: $0.body, as: UTF8.self)),
                        "status": .int($0.status),
                        "request_id": .optional($0.requestID),
                    ]
                }
            ),
        ]
    }
}
