import HuaweiCloud

/// A request as it came over the wire; nothing is decoded or rewritten, so that its signature can be checked.
struct APIRequest: Sendable, Hashable {
    /// As sent, for example `GET`.
    var method: String
    /// The path as sent, percent-encoded, without the query.
    var path: String
    /// What follows the first `?`, as sent; empty without one.
    var query: String
    /// In the order of arrival.
    var headers: HeaderList
    /// The body; empty without one.
    var body: [UInt8]
    /// The address of the caller, for traces.
    var peer: String

    /// A request for an origin-form target (`/path?query`).
    init(method: String, target: String, headers: HeaderList = HeaderList(), body: [UInt8] = [], peer: String = "127.0.0.1") {
        self.method = method
        let bytes = target.utf8
        let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        path = String(decoding: bytes[..<mark], as: UTF8.self)
        query = mark == bytes.endIndex ? "" : String(decoding: bytes[bytes.index(after: mark)...], as: UTF8.self)
        self.headers = headers
        self.body = body
        self.peer = peer
    }

    /// The path's segments, each decoded, without the empty ones that a leading and a trailing `/` make.
    var segments: [String] {
        var pieces = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            PercentEncoding.decode(String(decoding: $0, as: UTF8.self))
        }
        if pieces.first == "" { pieces.removeFirst() }
        if pieces.last == "" { pieces.removeLast() }
        return pieces
    }

    /// The parameters of the query, decoded.
    var parameters: QueryParameters { QueryParameters(query) }
}
