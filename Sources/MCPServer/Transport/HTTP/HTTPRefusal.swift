public import HTTPTypes

/// An HTTP request that is refused before any message in it is looked at.
public struct HTTPRefusal: Error, Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// A fixed word for programs and logs; it becomes the body `{"error":<reason>,"status":<status>}`.
    public var reason: String
    /// Further header fields, for example `WWW-Authenticate` or `Allow`.
    public var headers: HTTPFields

    /// A refusal.
    public init(status: HTTPResponse.Status, reason: String, headers: HTTPFields = [:]) {
        self.status = status
        self.reason = reason
        self.headers = headers
    }
}
