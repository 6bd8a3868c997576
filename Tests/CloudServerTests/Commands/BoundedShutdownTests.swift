import Logging
import ServiceLifecycle
import Testing

@testable import CloudServer

@Suite(.timeLimit(.minutes(1))) struct BoundedShutdownTests {
    /// A transport that serves until its stream ends, whatever it is told.
    private struct StubbornTransport: Service {
        let started: AsyncStream<Void>.Continuation
        let end: AsyncStream<Void>

        func run() async throws {
            started.finish()
            for await _ in end {}
        }
    }

    private func group(_ service: any Service) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        configuration.gracefulShutdownSignals = []
        return ServiceGroup(configuration: configuration)
    }

    @Test func aShutdownThatTakesTooLongIsOverrun() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let end = AsyncStream.makeStream(of: Void.self)
        let overrun = Flag()
        let service = BoundedShutdown(
            transport: StubbornTransport(started: started.continuation, end: end.stream),
            executions: RunningExecutions(),
            limit: .milliseconds(5)
        ) {
            overrun.set()
            end.continuation.finish()
        }
        let group = group(service)
        let running = Task { try await group.run() }
        for await _ in started.stream {}
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(overrun.isSet)
    }

    @Test func theEndOfTheTransportWaitsForConfirmedExecutions() async throws {
        let started = AsyncStream.makeStream(of: Void.self)
        let end = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let executions = RunningExecutions()
        let executed = Flag()
        let service = BoundedShutdown(
            transport: StubbornTransport(started: started.continuation, end: end.stream),
            executions: executions,
            limit: .seconds(60)
        ) {}
        let group = group(service)
        let running = Task { try await group.run() }
        for await _ in started.stream {}
        let begun = AsyncStream.makeStream(of: Void.self)
        let call = Task {
            await executions.run {
                begun.continuation.finish()
                for await _ in release.stream {}
                executed.set()
            }
        }
        for await _ in begun.stream {}
        call.cancel()
        end.continuation.finish()
        release.continuation.finish()
        try await running.value
        #expect(executed.isSet)
    }
}
