import ArgumentParser
import FoundationEssentials
import HuaweiCloud
import JSONRPC
import ProcessSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The executable `huaweicloud-simulator`.
@main
enum CloudSimulatorMain {
    static func main() async {
        BrokenPipe.ignoreSignal()
        exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// Runs with these arguments until a signal comes; returns how the process ends.
    static func run(_ arguments: [String]) async -> ProcessSupport.ExitCode {
        let command: SimulatorCommand
        do {
            command = try SimulatorCommand.parse(arguments)
        } catch {
            let message = SimulatorCommand.fullMessage(for: error)
            let isHelp = SimulatorCommand.exitCode(for: error).isSuccess
            print(message, to: isHelp ? 1 : 2)
            return isHelp ? .success : .usage
        }
        do throws(UsageError) {
            let checked = try command.checked()
            if command.printData {
                print(DataSet.builtIn(region: command.region).json.text(.pretty(indent: 2)), to: 1)
                return .success
            }
            let dataSet = try command.dataSet { (path) throws(FileReadError) in try readFile(path, limit: DataSet.maximumBytes) }
            return await serve(checked, dataSet, writeEnv: command.writeEnv)
        } catch {
            for problem in error.problems { print("huaweicloud-simulator: \(problem)", to: 2) }
            print("huaweicloud-simulator: see --help", to: 2)
            return .usage
        }
    }

    private static func serve(
        _ checked: SimulatorCommand.Checked,
        _ dataSet: DataSet,
        writeEnv: String?
    ) async -> ProcessSupport.ExitCode {
        let signals = TerminationSignals()
        let configuration = checked.configuration
        let log = EventLog(
            logger: "huaweicloud-simulator",
            level: checked.level,
            sink: LogSink(secrets: configuration.credentials.secrets)
        )
        let clock: @Sendable () -> Timestamp = { Timestamp(Date()) }
        var generator = SystemRandomNumberGenerator()
        let world = World(configuration: configuration, dataSet: dataSet, seed: generator.next(), now: clock())
        let simulator = Simulator(world, clock: clock) { RequestReport.write($0, $1, to: log) }
        let listener: HTTPListener
        do throws(ListenError) {
            listener = try await HTTPListener.start(host: checked.host, port: checked.port, simulator: simulator)
        } catch {
            print("huaweicloud-simulator: \(error)", to: 2)
            return .failure
        }
        let url = "http://\(checked.host.contains(":") ? "[\(checked.host)]" : checked.host):\(listener.port)"
        if let writeEnv {
            do throws(PrivateFileError) {
                try PrivateFile.write(Array(ServerEnvironment.text(configuration, url: url).utf8), to: writeEnv)
            } catch {
                print("huaweicloud-simulator: --write-env: \(error)", to: 2)
                await listener.stop()
                return .failure
            }
        }
        log.info(
            "simulator-started",
            [
                "url": .string(url), "region": .string(configuration.region), "project_id": .string(configuration.projectID),
                "codearts_project_id": .string(configuration.codeArtsProjectID), "servers": .int(dataSet.servers.count),
                "access_key": .string(configuration.credentials.accessKeyID.abbreviated),
                "security_token": configuration.credentials.securityToken == nil ? "unset" : "set",
            ]
        )
        print("ready \(url)", to: 1)
        await signals.wait()
        await listener.stop()
        log.info("simulator-stopped")
        return .success
    }

    private static func print(_ line: String, to descriptor: Int32) {
        _ = Descriptor.write(Array((line.hasSuffix("\n") ? line : line + "\n").utf8), to: descriptor)
    }
}
