/// Why a request cannot be signed.
///
/// Nothing has been sent (huaweicloud-http.md §1.1).
package enum SigningError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The access key is empty.
    case emptyAccessKey
    /// The secret key is empty.
    case emptySecretKey
    /// The path is empty.
    case emptyPath
    /// The caller's `X-Sdk-Date` is not `YYYYMMDDTHHMMSSZ`.
    case malformedDate
    /// A header appears twice; which of them the receiver would take is anybody's guess.
    case repeatedHeader(String)
    /// A header's value holds a control character, which HTTP does not allow.
    case malformedHeader(String)

    /// One sentence without any value.
    package var description: String {
        switch self {
        case .emptyAccessKey: "the access key is empty"
        case .emptySecretKey: "the secret access key is empty"
        case .emptyPath: "the path of the request is empty"
        case .malformedDate: "X-Sdk-Date must have the form YYYYMMDDTHHMMSSZ"
        case .repeatedHeader(let name): "the header \(name) appears more than once"
        case .malformedHeader(let name): "the value of the header \(name) contains a control character"
        }
    }
}
