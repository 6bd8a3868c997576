import HuaweiCloud
import JSONRPC

/// An answer of the simulated cloud.
struct APIReply: Sendable, Hashable {
    /// The HTTP status.
    var status: Int
    /// Header fields beside those that the listener adds (`Content-Length`, `Connection`).
    var headers: HeaderList
    /// The body; may be empty.
    var body: [UInt8]

    /// An answer with a JSON body, or with none.
    init(status: Int, json: JSONValue?) {
        self.status = status
        headers = json == nil ? [:] : ["Content-Type": "application/json;charset=utf-8"]
        body = json?.bytes(.compact) ?? []
    }

    /// An answer of these bytes.
    init(status: Int, headers: HeaderList, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What the listener does with a request.
enum Delivery: Sendable, Hashable {
    /// Send this answer after so many milliseconds.
    case answer(APIReply, delayMilliseconds: Int64)
    /// Close the connection without an answer after so many milliseconds.
    case drop(delayMilliseconds: Int64)
}
