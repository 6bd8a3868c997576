/// Why a head is refused.
///
/// The raw values are stable words for logs and tests.
enum MalformedHead: String, Error, Sendable, Hashable {
    case requestLine = "request-line"
    case statusLine = "status-line"
    case method
    case target
    case targetForm = "target-form"
    case targetTooLong = "target-too-long"
    case version
    case bareLineFeed = "bare-line-feed"
    case bareCarriageReturn = "bare-carriage-return"
    case controlCharacter = "control-character"
    case folding
    case fieldName = "field-name"
    case fieldValue = "field-value"
    case tooManyFields = "too-many-fields"
    case contentLength = "content-length"
    case transferEncoding = "transfer-encoding"
    case lengthAndTransferEncoding = "length-and-transfer-encoding"
    case host
    case status
}
