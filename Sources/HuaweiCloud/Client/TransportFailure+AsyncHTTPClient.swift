import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

extension TransportFailure {
    /// What an error of the HTTP client means.
    init(_ error: any Error, sent: Bool, partial: TransportResponse?) {
        self.init(Self.kind(of: error, sent: sent), sent: sent, partial: partial)
    }

    private static func kind(of error: any Error, sent: Bool) -> Kind {
        switch error {
        case let error as HTTPClientError: kind(of: error, sent: sent)
        case let error as NIOConnectionError: kind(of: error)
        case is ResponseCollector.TooLarge: .tooLarge
        case is CancellationError: .cancelled
        case ChannelError.connectTimeout: .timeout
        case is SocketAddressError: .nameResolution
        case HTTPParserError.invalidEOFState, HTTPParserError.closedConnection: sent ? .broken : .connection
        case is HTTPParserError: .malformed
        default:
            // NIOSSL is not imported for a type test alone. After sending, its errors mean that a standing connection broke.
            if sent { .broken } else if String(reflecting: type(of: error)).hasPrefix("NIOSSL.") { .tls } else { .connection }
        }
    }

    private static func kind(of error: HTTPClientError, sent: Bool) -> Kind {
        switch error {
        case .deadlineExceeded, .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .readTimeout, .writeTimeout:
            .timeout
        case .cancelled: .cancelled
        case .alreadyShutdown: .shutDown
        case .invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody, .bodyLengthMismatch: .unsendable
        default:
            // Errors that carry a value cannot be compared with one; this is the name that the client gives them.
            switch error.shortDescription {
            case "Invalid header field names", "Invalid header field values", "Unsupported scheme": .unsendable
            case "Server offered unsupported application protocol": .tls
            default: sent ? .broken : .connection
            }
        }
    }

    private static func kind(of error: NIOConnectionError) -> Kind {
        if error.connectionErrors.isEmpty { return .nameResolution }
        let allTimedOut = error.connectionErrors.allSatisfy { failure in
            if case ChannelError.connectTimeout = failure.error { true } else { false }
        }
        return allTimedOut ? .timeout : .connection
    }
}
