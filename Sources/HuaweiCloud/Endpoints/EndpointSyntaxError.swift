/// Why a text is not an endpoint.
///
/// Descriptions complete the sentence "<variable> …".
package enum EndpointSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    case unknownScheme
    case missingHost
    case notAnAuthority
    case invalidHost
    case invalidPort
    case noEndpoint

    /// What is wrong, without the text itself.
    package var description: String {
        switch self {
        case .unknownScheme: "has a scheme other than http and https"
        case .missingHost: "has no host"
        case .notAnAuthority: "must be a host with an optional scheme and port, without a path or query"
        case .invalidHost: "has an invalid host"
        case .invalidPort: "has an invalid port (1…65535)"
        case .noEndpoint: "lists no endpoint"
        }
    }
}
