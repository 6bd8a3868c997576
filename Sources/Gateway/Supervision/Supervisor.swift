import Synchronization

/// Runs the servers of the managed services, each by a task of its own that can be ended alone.
final class Supervisor: Sendable {
    private struct Running {
        let command: GatewayPlan.Command
        let task: Task<Void, Never>
    }

    private let surroundings: ManagedService.Surroundings
    private let running = Mutex<[String: Running]>([:])

    /// A supervisor of nothing yet.
    init(_ surroundings: ManagedService.Surroundings) { self.surroundings = surroundings }

    /// Starts the server of a service.
    ///
    /// One that runs already is left alone.
    func start(_ command: GatewayPlan.Command) {
        running.withLock { running in
            guard running[command.service.name] == nil else { return }
            let service = ManagedService(command, in: surroundings)
            running[command.service.name] = Running(command: command, task: Task { await service.run() })
        }
    }

    /// Ends the server of a service; returns when it has ended.
    func stop(_ service: String) async {
        guard let entry = running.withLock({ $0.removeValue(forKey: service) }) else { return }
        entry.task.cancel()
        await entry.task.value
    }

    /// Ends all servers at the same time; returns when all have ended.
    func stopAll() async {
        let entries = running.withLock { running in
            defer { running.removeAll() }
            return Array(running.values)
        }
        for entry in entries { entry.task.cancel() }
        for entry in entries { await entry.task.value }
    }
}
