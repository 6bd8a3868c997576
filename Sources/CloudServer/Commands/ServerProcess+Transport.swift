import AuthCommon
import MCPServer
import ProcessSupport
import ServiceLifecycle

extension ServerProcess {
    /// The transport that the configuration asks for.
    func transport(_ server: MCPServer, _ log: EventLog, onReady: @escaping @Sendable (String) -> Void) -> any Service {
        let authenticator = HTTPAuthenticator(configuration.authentication, log: log)
        switch configuration.transport {
        case .stdio:
            return StdioTransport(server: server, identity: { authenticator.localIdentity() }, grace: Self.grace)
        case .http(let address, _):
            let listener: HTTPConfiguration.Address =
                switch address.endpoint {
                case .tcp(_, let port): .host(address.bindHost ?? "127.0.0.1", port: port)
                case .unix(let path): .unix(path: path)
                }
            return HTTPTransport(
                server: server,
                configuration: HTTPConfiguration(address: listener, service: Definition.service, grace: Self.grace),
                logger: log.libraryLogger("http", level: .warning),
                authenticate: { fields, _ throws(HTTPRefusal) in try authenticator.authenticate(fields) },
                onRefusal: { authenticator.record($0, path: $1, peer: $2) },
                onReady: onReady
            )
        }
    }
}
