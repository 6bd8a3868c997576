import ArgumentParser

/// The transports, by the names that the cloud servers use too.
enum TransportChoice: String, ExpressibleByArgument, CaseIterable {
    case stdio
    case sse
    case streamableHTTP = "streamable-http"
}
