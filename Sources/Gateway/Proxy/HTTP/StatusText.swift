/// The reason phrases of the status codes that the gateway itself sends (RFC 9110 §15).
enum StatusText {
    /// The code with its phrase: `404 Not Found`.
    static func text(_ status: Int) -> String {
        let phrase =
            switch status {
            case 200: "OK"
            case 204: "No Content"
            case 400: "Bad Request"
            case 401: "Unauthorized"
            case 403: "Forbidden"
            case 404: "Not Found"
            case 405: "Method Not Allowed"
            case 408: "Request Timeout"
            case 413: "Content Too Large"
            case 414: "URI Too Long"
            case 421: "Misdirected Request"
            case 429: "Too Many Requests"
            case 431: "Request Header Fields Too Large"
            case 500: "Internal Server Error"
            case 502: "Bad Gateway"
            case 503: "Service Unavailable"
            case 504: "Gateway Timeout"
            default: "Response"
            }
        return "\(status) \(phrase)"
    }
}
