import Synchronization

/// Holds the configuration in force and lets it be replaced atomically.
final class ConfigurationBox: Sendable {
    private let contents: Mutex<GatewayConfiguration>

    /// A box with its first configuration.
    init(_ configuration: GatewayConfiguration) { contents = Mutex(configuration) }

    /// The configuration in force.
    ///
    /// Read it once per request.
    var current: GatewayConfiguration { contents.withLock { $0 } }

    /// Puts another configuration in force for the requests that begin from now on.
    func replace(with configuration: GatewayConfiguration) { contents.withLock { $0 = configuration } }
}
