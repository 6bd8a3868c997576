import ArgumentParser
import MCPServer
import ProcessSupport

/// `conformance-server`: the server that the conformance scenarios expect, on the framework of the cloud servers.
///
/// It serves anybody who reaches it, so it listens on loopback only.
@main struct ConformanceServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance-server",
        abstract: "An MCP server whose tools, resources and prompts exist to be tested by the conformance scenarios.",
        discussion: """
            Ends with SIGTERM, SIGINT or, on stdio, with its input; MCP_EXIT_ON_STDIN_CLOSE=1 ends the others with it too. The address of \
            the listener is printed on stderr.
            """
    )

    @Option(help: "stdio, sse or streamable-http (the last two start the same listener).")
    var transport = TransportChoice.stdio

    @Option(help: "Address of the listener, on loopback.")
    var host = "127.0.0.1"

    @Option(help: "Port of the listener; 0 = any free port.")
    var port = 0

    @Option(help: "Seconds between comments on a silent stream.")
    var keepAlive = 15

    private var address: ListenAddress {
        get throws {
            let address: ListenAddress
            do { address = try ListenAddress(host, port: port) } catch { throw ValidationError("--host, --port: \(error)") }
            guard address.isLoopback else { throw ValidationError("--host must be on loopback.") }
            return address
        }
    }

    func validate() throws {
        _ = try address
        guard (1...3600).contains(keepAlive) else { throw ValidationError("--keep-alive must be from 1 to 3600.") }
    }

    func run() async throws {
        BrokenPipe.ignoreSignal()
        let process = FixtureProcess(server: try Fixture().server())
        switch transport {
        case .stdio: try await process.serveStdio()
        case .sse, .streamableHTTP:
            let exits = Environment.process["MCP_EXIT_ON_STDIN_CLOSE"] == "1"
            try await process.serveHTTP(try address, keepAlive: .seconds(keepAlive), endsWhenStdinCloses: exits)
        }
    }
}
