/// A response that the gateway makes itself.
///
/// The proxy adds `Content-Length`, `X-Request-Id` and ``Decision/corsHeaders``, and leaves the body out when the request was a `HEAD`.
struct LocalResponse: Sendable, Hashable {
    /// One header field.
    struct Field: Sendable, Hashable {
        var name: String
        var value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The status code.
    var status: Int
    /// The header fields in their order, `Content-Type` among them where there is a body.
    var headers: [Field]
    /// The whole body.
    var body: [UInt8]

    /// A response with a JSON body.
    static func json(_ status: Int, _ body: [UInt8], headers: [Field] = []) -> LocalResponse {
        LocalResponse(status: status, headers: [Field("Content-Type", "application/json")] + headers, body: body)
    }
}
