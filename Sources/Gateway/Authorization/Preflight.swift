/// Answers to CORS preflights (gateway.md §10.2; the Fetch standard).
enum Preflight {
    private static let allowed = [
        "authorization", "content-type", "accept", "last-event-id", "mcp-session-id", "mcp-protocol-version", "mcp-method", "mcp-name",
        "traceparent",
    ]

    /// The answer to a preflight from an accepted origin, without the fields that every response to it carries.
    static func response(requestedHeaders: [String]) -> LocalResponse {
        var headers: [LocalResponse.Field] = [.init("Access-Control-Allow-Methods", "GET, POST, DELETE")]
        let names = requestedHeaders.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
            .map { String(Substring($0)).trimmingASCIIWhitespace() }
            .filter(isAllowed)
        if !names.isEmpty { headers.append(.init("Access-Control-Allow-Headers", names.joined(separator: ", "))) }
        headers.append(.init("Access-Control-Max-Age", "600"))
        return LocalResponse(status: 204, headers: headers, body: [])
    }

    private static func isAllowed(_ name: String) -> Bool {
        let lower = name.lowercased()
        if allowed.contains(where: { ExactText.same($0, lower) }) { return true }
        let prefix = "mcp-param-"
        guard lower.utf8.starts(with: prefix.utf8), lower.utf8.count > prefix.utf8.count else { return false }
        return lower.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
            default: false
            }
        }
    }
}

extension String {
    /// Without the spaces and tabs at both ends.
    func trimmingASCIIWhitespace() -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        guard let first = utf8.firstIndex(where: { !isBlank($0) }), let last = utf8.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(self[first...last])
    }
}
