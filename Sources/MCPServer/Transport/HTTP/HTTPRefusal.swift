public import HTTPTypes

/// An HTTP request that is refused before any message in it is looked at.
public struct HTTPRefusal: Error, Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// A fixed word for programs and logs; it becomes the body `{"error":<reason>,"status":<status>}`.
    public var reason: String
    /// What to do, for people; further member `message` of the body.
    public var message: String?
    /// Further header fields, for example `WWW-Authenticate` or `Allow`.
    public var headers: HTTPFields

    /// A refusal.
    public init(status: HTTPResponse.Status, reason: String, message: String? = nil, headers: HTTPFields = [:]) {
        self.status = status
        self.reason = reason
        self.message = message
        self.headers = headers
    }
}
