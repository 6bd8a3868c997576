import JSONRPC
import ProcessSupport

/// Keeps the server of one managed service running until the task is cancelled (gateway.md §12).
struct ManagedService: Sendable {
    /// What it needs of its surroundings.
    struct Surroundings: Sendable {
        /// Runs processes.
        let launcher: any ChildLauncher
        /// Where address and state are kept.
        let directory: UpstreamDirectory
        /// The gateway's variables.
        let variables: Environment
        /// The key that verifies identity assertions, as PEM.
        let publicKey: String
        /// The log.
        let log: EventLog
        /// Called at each restart.
        let onRestart: @Sendable (String) -> Void
        /// Seconds of a clock that never goes back.
        let now: @Sendable () -> Double
        /// Waits for so many seconds; returns early when the task is cancelled.
        let sleep: @Sendable (Double) async -> Void
    }

    private enum Event: Sendable {
        case answered
        case exited(ChildExit)
        case gaveUp
    }

    private let command: GatewayPlan.Command
    private let surroundings: Surroundings

    /// The keeper of one service.
    init(_ command: GatewayPlan.Command, in surroundings: Surroundings) {
        self.command = command
        self.surroundings = surroundings
    }

    private var name: String { command.service.name }

    /// Starts the server and starts it again whenever it ends.
    ///
    /// Returns when the task is cancelled and the server has ended.
    func run() async {
        var backoff = RestartBackoff()
        var restarts = 0
        announce(.starting, restarts: 0, exit: nil)
        while !Task.isCancelled {
            let exit = await runOnce(&backoff, restarts: restarts)
            if Task.isCancelled { break }
            let restart = backoff.exited(code: exit.exitCode, now: surroundings.now())
            surroundings.directory.note(name, restarts: restarts, lastError: exit.text)
            announce(restart.state, restarts: restarts, exit: exit)
            await surroundings.sleep(restart.delay)
            if Task.isCancelled { break }
            restarts += 1
            surroundings.directory.note(name, restarts: restarts, lastError: nil)
            surroundings.onRestart(name)
        }
    }

    private func runOnce(_ backoff: inout RestartBackoff, restarts: Int) async -> ChildExit {
        guard let port = await surroundings.launcher.freePort() else { return .notStarted("no free port on 127.0.0.1") }
        let environment = ChildEnvironment.variables(
            surroundings.variables,
            service: name,
            port: port,
            publicKey: surroundings.publicKey
        )
        return await withTaskGroup(of: Event.self) { group in
            group.addTask {
                .exited(
                    await surroundings.launcher.run(command, environment: environment) { line in
                        ChildLog.record(line, service: name, to: surroundings.log)
                    }
                )
            }
            group.addTask { await waitForAnswer(port: port) ? .answered : .gaveUp }
            var exit = ChildExit.notStarted("cancelled")
            for await event in group {
                switch event {
                case .answered:
                    backoff.becameReady(now: surroundings.now())
                    surroundings.directory.update(name, state: .ready, address: .tcp(host: "127.0.0.1", port: port))
                    log(.ready, restarts: restarts, exit: nil)
                case .exited(let end):
                    exit = end
                    group.cancelAll()
                case .gaveUp:
                    break
                }
            }
            return exit
        }
    }

    /// Polls until the server answers; false when the task is cancelled before.
    private func waitForAnswer(port: Int) async -> Bool {
        var pause = 0.02
        while !Task.isCancelled {
            if await surroundings.launcher.isAnswering(port: port) { return !Task.isCancelled }
            await surroundings.sleep(pause)
            pause = min(pause * 1.5, 0.5)
        }
        return false
    }

    private func announce(_ state: ServiceState, restarts: Int, exit: ChildExit?) {
        surroundings.directory.update(name, state: state)
        log(state, restarts: restarts, exit: exit)
    }

    private func log(_ state: ServiceState, restarts: Int, exit: ChildExit?) {
        var fields: JSONObject = ["service": .string(name), "state": .string(state.rawValue), "restarts": .int(restarts)]
        fields.set("exit_code", exit?.exitCode.map { .int(Int($0)) })
        fields.set("error", exit.map { .string($0.text) })
        let level: LogLevel =
            switch state {
            case .failed: .error
            case .restarting, .unreachable: .warning
            case .starting, .ready, .draining: .info
            }
        surroundings.log.event(level, "service-state", fields)
    }
}
