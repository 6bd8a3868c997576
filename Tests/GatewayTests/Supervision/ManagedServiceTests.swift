import JSONRPC
import ProcessSupport
import Synchronization
import Testing

@testable import Gateway

@Suite struct ManagedServiceTests {
    private let command = GatewayPlan.Command(
        service: ServiceEntry(name: "ecs", mountPath: "/ecs", target: .command(["x", "--flag"])),
        executable: "/bin/x",
        arguments: ["--flag"]
    )

    /// Runs the service until it has waited `sleeps` times between two processes.
    private func run(_ launcher: ScriptedLauncher, sleeps: Int) async -> (directory: UpstreamDirectory, log: LogRecorder, delays: [Double])
    {
        let directory = UpstreamDirectory()
        directory.addManaged("ecs")
        let recorder = LogRecorder()
        let delays = Mutex<[Double]>([])
        let (done, continuation) = AsyncStream.makeStream(of: Void.self)
        let service = ManagedService(
            command,
            in: ManagedService.Surroundings(
                launcher: launcher,
                directory: directory,
                variables: Environment(["A": "1", "MCP_GATEWAY_PORT": "1", "MCP_DEV_ROLES": "admin"]),
                publicKey: "PEM",
                log: recorder.log,
                onRestart: { _ in },
                now: { 0 },
                sleep: { seconds in
                    // The polls between two questions are shorter than any restart delay but the first.
                    if seconds >= 0.5 {
                        let count = delays.withLock { delays in
                            delays.append(seconds)
                            return delays.count
                        }
                        if count >= sleeps { continuation.finish() }
                    }
                    await Task.yield()
                }
            )
        )
        let task = Task { await service.run() }
        for await _ in done {}
        task.cancel()
        await task.value
        return (directory, recorder, Array(delays.withLock { $0 }.prefix(sleeps)))
    }

    @Test("a server that exits is started again, later each time", .timeLimit(.minutes(1))) func restarts() async {
        let launcher = ScriptedLauncher { _ in .code(1) }
        let (_, recorder, delays) = await run(launcher, sleeps: 4)
        #expect(delays == [0.5, 1, 2, 4])
        let states = recorder.records(of: "service-state").compactMap { $0["state"]?.stringValue }
        #expect(states.prefix(3) == ["starting", "restarting", "restarting"])
        #expect(recorder.records(of: "service-state")[1]["exit_code"] == 1)
        #expect(recorder.records(of: "service-state")[1]["level"] == "WARNING")
    }

    @Test("exit code 2 is an error and waits 30 s", .timeLimit(.minutes(1))) func configurationError() async {
        let (directory, recorder, delays) = await run(ScriptedLauncher { _ in .code(2) }, sleeps: 1)
        #expect(delays == [30])
        #expect(recorder.records(of: "service-state")[1]["state"] == "failed")
        #expect(recorder.records(of: "service-state")[1]["level"] == "ERROR")
        #expect(directory.history(of: "ecs").lastError?.contains("configuration") == true)
    }

    @Test("a server that cannot be started is tried again", .timeLimit(.minutes(1))) func notStarted() async {
        let (_, _, delays) = await run(ScriptedLauncher { _ in .notStarted("gone") }, sleeps: 2)
        #expect(delays == [0.5, 1])
    }

    @Test("the server gets its own environment and a port", .timeLimit(.minutes(1))) func environment() async {
        let launcher = ScriptedLauncher { _ in .code(1) }
        _ = await run(launcher, sleeps: 1)
        let environment = launcher.environments.withLock { $0.first } ?? [:]
        #expect(environment["A"] == "1")
        #expect(environment["MCP_GATEWAY_PORT"] == nil)
        #expect(environment["MCP_DEV_ROLES"] == nil)
        #expect(environment["MCP_PORT"] == "4711")
    }

    @Test("it is ready when it answers, and ended by cancellation", .timeLimit(.minutes(1))) func ready() async {
        let directory = UpstreamDirectory()
        directory.addManaged("ecs")
        let launcher = ScriptedLauncher(answersAfter: 3) { _ in
            // Lives until it is told to end.
            while !Task.isCancelled { await Task.yield() }
            return .signal(15)
        }
        let recorder = LogRecorder()
        let supervisor = Supervisor(
            ManagedService.Surroundings(
                launcher: launcher,
                directory: directory,
                variables: Environment(),
                publicKey: "PEM",
                log: recorder.log,
                onRestart: { _ in Issue.record("it was started again") },
                now: { 0 },
                sleep: { _ in await Task.yield() }
            )
        )
        supervisor.start(command)
        supervisor.start(command)
        while directory.upstream(of: "ecs")?.state != .ready { await Task.yield() }
        #expect(directory.upstream(of: "ecs")?.address == .tcp(host: "127.0.0.1", port: 4_711))
        #expect(directory.isReady)
        await supervisor.stopAll()
        #expect(launcher.environments.withLock { $0.count } == 1)
        #expect(recorder.records(of: "service-log").map { $0["line"] } == ["hello"])
        #expect(recorder.records(of: "service-log").first?["service"] == "ecs")
    }
}

/// Runs closures instead of processes.
private final class ScriptedLauncher: ChildLauncher {
    let environments = Mutex<[[String: String]]>([])
    private let questions = Mutex(0)
    private let answersAfter: Int?
    private let body: @Sendable (Int) async -> ChildExit

    init(answersAfter: Int? = nil, _ body: @escaping @Sendable (Int) async -> ChildExit) {
        self.answersAfter = answersAfter
        self.body = body
    }

    func run(
        _ command: GatewayPlan.Command,
        environment: [String: String],
        onLine: @escaping @Sendable (String) -> Void
    ) async -> ChildExit {
        let number = environments.withLock { environments in
            environments.append(environment)
            return environments.count
        }
        onLine("hello")
        return await body(number)
    }

    func isAnswering(port: Int) async -> Bool {
        guard let answersAfter else { return false }
        return questions.withLock { questions in
            questions += 1
            return questions >= answersAfter
        }
    }

    func freePort() async -> Int? { 4_711 }
}
