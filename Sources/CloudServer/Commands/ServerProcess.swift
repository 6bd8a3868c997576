import AuthCommon
import FoundationEssentials
import HuaweiCloud
import JSONRPC
import MCPServer
import NIOCore
import ProcessSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A configured server while it runs: log, start-up records, transport, end.
struct ServerProcess<Definition: CloudServerDefinition>: Sendable {
    /// How long running calls may go on after SIGTERM or SIGINT (servers.md §7.1).
    static var grace: Duration { .seconds(4) }

    let configuration: ServerConfiguration

    init(_ configuration: ServerConfiguration) { self.configuration = configuration }

    /// Serves until the end and returns how the process ends.
    func run() async -> ExitCode {
        let sink: LogSink
        do { sink = try makeSink() } catch {
            _ = Descriptor.write(Array("HUAWEICLOUD_MCP_LOG_FILE: \(error)\n".utf8), to: 2)
            return .usage
        }
        let trail: AuditTrail?
        do { trail = try makeTrail(sink) } catch {
            _ = Descriptor.write(Array("MCP_AUDIT_FILE: \(error)\n".utf8), to: 2)
            return .usage
        }
        let log = EventLog(logger: Definition.executable, level: configuration.logLevel, sink: sink)
        let cloud = AsyncHTTPTransport(connectTimeout: configuration.httpTimeout)
        let assembly = ServerAssembly<Definition>(
            configuration,
            log: log,
            redactor: sink.redactor,
            transport: cloud,
            sources: .system,
            trail: trail
        )
        assembly.environment.audit?.open(["version": .string(ProductVersion.current), "transport": .string(configuration.transport.name)])
        let code = await serve(assembly, log)
        assembly.environment.audit?.close()
        await cloud.shutdown()
        return code
    }

    private func serve(_ assembly: ServerAssembly<Definition>, _ log: EventLog) async -> ExitCode {
        let server: MCPServer
        do { server = try assembly.server() } catch {
            log.critical("server-bug", ["error": .string("\(error)"), "at": "input schema of a tool"])
            return .failure
        }
        let record = StartRecord<Definition>(configuration, assembly)
        record.warn(log)
        let service = transport(server, log) { address in record.started(at: address, log) }
        if configuration.transport == .stdio { record.started(at: "stdio", log) }
        let lifecycle = ServerLifecycle(
            executions: assembly.environment.approvals.executions,
            grace: Self.grace,
            endsWhenStdinCloses: configuration.transport != .stdio && configuration.exitsWhenStdinCloses,
            log: log,
            whenForced: { assembly.environment.audit?.close() }
        )
        do {
            if case .http(let address, _) = configuration.transport, case .unix(let path) = address.endpoint {
                UnixSocketFile.restrictMode()
                if await UnixSocketFile.isInUse(path) { throw IOError(errnoCode: EADDRINUSE, reason: "bind") }
            }
            try await lifecycle.run(service)
            return .success
        } catch {
            log.critical("server-failed", StartFailure.fields(error, configuration.transport))
            return .failure
        }
    }

    /// The audit trail, whose records name the server and the service that the gateway knows it by.
    private func makeTrail(_ sink: LogSink) throws(AuditFile.Failure) -> AuditTrail? {
        guard let path = configuration.auditFile else { return nil }
        let service =
            switch configuration.authentication {
            case .assertions(_, let audience): audience
            case .development: Definition.service
            }
        return AuditTrail(
            file: try AuditFile(path: path),
            common: ["source": .string(Definition.executable), "service": .string(service)],
            redactor: { sink.redactor }
        )
    }

    private func makeSink() throws(RotatingLogFile.Failure) -> LogSink {
        var outputs = [LogOutput.standardError]
        if let path = configuration.logFile { outputs.append(.file(try RotatingLogFile(path: path))) }
        return LogSink(secrets: configuration.secrets, outputs: outputs)
    }
}
