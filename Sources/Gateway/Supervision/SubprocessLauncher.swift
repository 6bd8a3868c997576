import AsyncHTTPClient
import Dispatch
import NIOCore
import NIOHTTP1
import NIOPosix
import ProcessSupport
import Subprocess
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs real processes.
///
/// The process leads a group of its own. Its stdin is a pipe whose other end only the gateway holds, so that our servers end with the
/// gateway however it ends.
final class SubprocessLauncher: ChildLauncher {
    private static let patience = Duration.seconds(5)

    private let client: HTTPClient
    private let recentPorts = Mutex<[Int]>([])

    /// A launcher that asks for answers with this client.
    init(client: HTTPClient) { self.client = client }

    func run(
        _ command: GatewayPlan.Command,
        environment: [String: String],
        onLine: @escaping @Sendable (String) -> Void
    ) async -> ChildExit {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Self.patience)]
        var variables: [Subprocess.Environment.Key: String] = [:]
        for (name, value) in environment {
            guard let key = Subprocess.Environment.Key(rawValue: name) else { continue }
            variables[key] = value
        }
        do {
            let result = try await Subprocess.run(
                .path(FilePath(command.executable)),
                arguments: Arguments(command.arguments),
                environment: .custom(variables),
                platformOptions: options,
                input: .inputWriter,
                output: .discarded,
                error: .sequence
            ) { execution in
                let lines = execution.standardError
                // A task of its own goes on reading while the process is being ended: cancellation must not lose its last words.
                await Task { await Self.read(lines, onLine) }.value
                await Self.waitForExit(execution.processIdentifier.value)
                // The process is not reaped yet, so its group cannot be anyone else's: whatever it has left behind ends here.
                try? execution.send(signal: .kill, toProcessGroup: true)
            }
            return switch result.terminationStatus {
            case .exited(let code): .code(code)
            case .signaled(let signal): .signal(signal)
            }
        } catch {
            return .notStarted("\(error)")
        }
    }

    func isAnswering(port: Int) async -> Bool {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/healthz")
        request.headers.add(name: "Connection", value: "close")
        return (try? await client.execute(request, timeout: .seconds(2))) != nil
    }

    func freePort() async -> Int? {
        for _ in 0..<16 {
            guard let port = await Self.bindFreePort() else { return nil }
            // The system may give the same port to two servers that have not bound theirs yet.
            let isNew = recentPorts.withLock { ports in
                if ports.contains(port) { return false }
                ports.append(port)
                if ports.count > 64 { ports.removeFirst() }
                return true
            }
            if isNew { return port }
        }
        return nil
    }

    private static func read(_ output: SubprocessOutputSequence, _ onLine: @Sendable (String) -> Void) async {
        var splitter = LineSplitter()
        do {
            for try await buffer in output {
                for line in splitter.append(Self.bytes(buffer)) { onLine(line) }
            }
        } catch {
            // The reading ends with an error when the process is gone and something else holds the pipe.
        }
        if let line = splitter.finish() { onLine(line) }
    }

    private static func bytes(_ buffer: SubprocessOutputSequence.Buffer) -> [UInt8] { unsafe buffer.withUnsafeBytes { unsafe Array($0) } }

    /// Waits until the process has exited, without reaping it.
    ///
    /// Only a process that closed its stderr early makes it wait.
    private static func waitForExit(_ process: pid_t) async {
        while !hasExited(process) {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) { continuation.resume() }
            }
        }
    }

    private static func hasExited(_ process: pid_t) -> Bool {
        var info = unsafe siginfo_t()
        let result = unsafe waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
        return unsafe result != 0 || info.si_signo == SIGCHLD
    }

    private static func bindFreePort() async -> Int? {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: 0).get() else { return nil }
        let port = channel.localAddress?.port
        try? await channel.close()
        return port
    }
}
