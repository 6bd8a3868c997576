import AuthCommon
import Logging
import MCPServer
import NIOPosix
import ProcessSupport
import ServiceLifecycle
import UnixSignals

/// Runs the server on a transport until its end.
struct FixtureProcess {
    let server: MCPServer
    private let identity = Identity(subject: "conformance", roles: ["admin"])

    init(server: MCPServer) { self.server = server }

    /// Serves one client on stdin and stdout.
    func serveStdio() async throws {
        let identity = identity
        try await run(StdioTransport(server: server, identity: { identity }, grace: .seconds(1)), endsWhenStdinCloses: false)
    }

    /// Serves HTTP.
    func serveHTTP(_ address: ListenAddress, keepAlive: Duration, endsWhenStdinCloses: Bool) async throws {
        let listener: HTTPConfiguration.Address =
            switch address.endpoint {
            case .tcp(_, let port): .host(address.bindHost ?? "127.0.0.1", port: port)
            case .unix(let path): .unix(path: path)
            }
        let identity = identity
        let transport = HTTPTransport(
            server: server,
            configuration: HTTPConfiguration(address: listener, service: "conformance", keepAlive: keepAlive, grace: .seconds(1)),
            logger: Logger(label: "http") { _ in SwiftLogNoOpLogHandler() },
            authenticate: { _, _ in identity },
            onReady: { _ = Descriptor.write(Array("listening on \($0)\n".utf8), to: 2) }
        )
        try await run(transport, endsWhenStdinCloses: endsWhenStdinCloses)
    }

    private func run(_ transport: any Service, endsWhenStdinCloses: Bool) async throws {
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(
                    service: transport,
                    successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .cancelGroup
                )
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
        )
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        configuration.maximumCancellationDuration = .seconds(1)
        let group = ServiceGroup(configuration: configuration)
        if endsWhenStdinCloses {
            StandardInput.whenClosed { Task { await group.triggerGracefulShutdown() } }
        }
        try await group.run()
    }
}
