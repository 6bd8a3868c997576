/// An HTTP request as it goes on the wire, byte for byte: what is signed is what is sent (huaweicloud-http.md §1).
package struct SignedRequest: Sendable {
    /// The method, as sent.
    package var method: String
    /// Where to send it.
    package var endpoint: Endpoint
    /// The path, percent-encoded; begins with `/`.
    package var path: String
    /// The query in canonical form, without `?`; empty without parameters.
    package var query: String
    /// All header fields, `Host` and `Authorization` included.
    package var headers: HeaderList
    /// The body; empty for none.
    package var body: [UInt8]

    /// A request of these parts.
    package init(
        method: String,
        endpoint: Endpoint,
        path: String,
        query: String = "",
        headers: HeaderList = HeaderList(),
        body: [UInt8] = []
    ) {
        self.method = method
        self.endpoint = endpoint
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// Path and query, as they stand in the request line.
    package var target: String { query.isEmpty ? path : "\(path)?\(query)" }
}
