import AsyncHTTPClient
import Foundation
import Synchronization
import Testing

@testable import Gateway

/// Real processes, each at most a few seconds.
@Suite(.serialized) struct SubprocessLauncherTests {
    private let launcher = SubprocessLauncher(client: .shared)

    private func command(_ script: String) -> GatewayPlan.Command {
        GatewayPlan.Command(
            service: ServiceEntry(name: "t", mountPath: "/t", target: .command(["sh"])),
            executable: "/bin/sh",
            arguments: ["-c", script]
        )
    }

    private func isAlive(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return !status.contains(") Z ")
    }

    @Test("exit code, environment and stderr lines", .timeLimit(.minutes(1))) func ordinary() async {
        let lines = Mutex<[String]>([])
        let exit = await launcher.run(command("echo $A >&2; echo out; echo two >&2; exit 3"), environment: ["A": "one"]) { line in
            lines.withLock { $0.append(line) }
        }
        #expect(exit == .code(3))
        #expect(lines.withLock { $0 } == ["one", "two"])
    }

    @Test("it leads a process group of its own", .timeLimit(.minutes(1))) func group() async {
        let lines = Mutex<[String]>([])
        _ = await launcher.run(command("cut -d' ' -f1,5 /proc/$$/stat >&2"), environment: ["PATH": "/usr/bin:/bin"]) { line in
            lines.withLock { $0.append(line) }
        }
        let numbers = lines.withLock { $0.first }?.split(separator: " ") ?? []
        #expect(numbers.count == 2)
        #expect(numbers.first == numbers.last)
    }

    @Test("stdin stays open while it runs", .timeLimit(.minutes(1))) func stdin() async {
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            await launcher.run(command("echo up >&2; cat >/dev/null; exit 7"), environment: ["PATH": "/usr/bin:/bin"]) { _ in
                continuation.yield()
            }
        }
        for await _ in started { break }
        let isRunning = Mutex(true)
        let watch = Task {
            let exit = await task.value
            isRunning.withLock { $0 = false }
            return exit
        }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(isRunning.withLock { $0 })
        task.cancel()
        #expect(await watch.value != .code(7))
    }

    @Test("cancellation ends the whole group, with SIGTERM first", .timeLimit(.minutes(1))) func cancellation() async throws {
        let lines = Mutex<[String]>([])
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        let script = "trap 'echo term >&2; exit 0' TERM; sleep 60 & echo $! >&2; while :; do sleep 0.05; done"
        let task = Task {
            await launcher.run(command(script), environment: ["PATH": "/usr/bin:/bin"]) { line in
                lines.withLock { $0.append(line) }
                continuation.yield()
            }
        }
        for await _ in started { break }
        task.cancel()
        let exit = await task.value
        #expect(exit == .code(0))
        #expect(lines.withLock { $0.contains("term") })
        let grandchild = try #require(lines.withLock { $0.first }.flatMap { Int32($0) })
        for _ in 0..<200 where isAlive(grandchild) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(!isAlive(grandchild))
    }

    @Test("what a server leaves behind ends with it", .timeLimit(.minutes(1))) func leftovers() async throws {
        let lines = Mutex<[String]>([])
        let exit = await launcher.run(command("sleep 60 & echo $! >&2; exit 4"), environment: ["PATH": "/usr/bin:/bin"]) { line in
            lines.withLock { $0.append(line) }
        }
        #expect(exit == .code(4))
        let leftover = try #require(lines.withLock { $0.first }.flatMap { Int32($0) })
        for _ in 0..<200 where isAlive(leftover) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(!isAlive(leftover))
    }

    @Test("a file that cannot be executed", .timeLimit(.minutes(1))) func notExecutable() async {
        let bad = GatewayPlan.Command(
            service: ServiceEntry(name: "t", mountPath: "/t", target: .command(["x"])),
            executable: "/nonexistent/x",
            arguments: []
        )
        let exit = await launcher.run(bad, environment: [:]) { _ in }
        guard case .notStarted = exit else {
            Issue.record("started: \(exit)")
            return
        }
    }

    @Test("free ports are free and not given twice", .timeLimit(.minutes(1))) func ports() async {
        var ports: Set<Int> = []
        for _ in 0..<20 { ports.insert(await launcher.freePort() ?? 0) }
        #expect(ports.count == 20)
        #expect(!ports.contains(0))
        #expect(await !launcher.isAnswering(port: ports.first ?? 1))
    }
}
