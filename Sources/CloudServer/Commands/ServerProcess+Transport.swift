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
                configuration: HTTPConfiguration(
                    address: listener,
                    service: Definition.service,
                    acceptsEveryOrigin: isBehindGateway,
                    maximumSessionsPerOwner: configuration.sessionsPerSubject,
                    grace: Self.grace
                ),
                logger: log.libraryLogger("http", level: .warning),
                authenticate: { fields, _ throws(HTTPRefusal) in try authenticator.authenticate(fields) },
                onRefusal: { authenticator.record($0, path: $1, peer: $2) },
                onReady: onReady
            )
        }
    }

    /// Whether the gateway, which knows the web pages that may call, has checked the origin of every request that gets in.
    private var isBehindGateway: Bool {
        switch configuration.authentication {
        case .assertions: true
        case .development: false
        }
    }
}
