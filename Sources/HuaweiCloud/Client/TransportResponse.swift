/// An answer as it came from the wire, whatever its status.
package struct TransportResponse: Sendable, Hashable {
    /// The HTTP status.
    package var status: Int
    /// The header fields.
    package var headers: HeaderList
    /// The body.
    package var body: [UInt8]

    /// An answer of these parts.
    package init(status: Int, headers: HeaderList = HeaderList(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
