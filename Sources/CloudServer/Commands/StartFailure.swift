import JSONRPC
import NIOCore
import ProcessSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Words for a server that cannot go on.
enum StartFailure {
    /// The fields of the one line that tells it.
    static func fields(_ error: any Error, _ transport: ServerTransport) -> JSONObject {
        var fields: JSONObject = ["error": .string(reason(error))]
        if case .http(let address, _) = transport { fields["address"] = .string(address.description) }
        if (error as? IOError)?.errnoCode == EADDRINUSE {
            fields["hint"] = "Stop what is using the address, or choose another one with --port or --host."
        }
        return fields
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return error.errnoCode == EADDRINUSE ? "address already in use" : systemErrorText(error.errnoCode)
    }
}
