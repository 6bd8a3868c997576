import Synchronization
import Testing

@testable import CloudServer

@Suite(.timeLimit(.minutes(1))) struct RunningExecutionsTests {
    @Test func anExecutionRunsToItsEndAlthoughItsCallIsCancelled() async {
        let executions = RunningExecutions()
        let started = AsyncStream.makeStream(of: Void.self)
        let release = AsyncStream.makeStream(of: Void.self)
        let call = Task {
            await executions.run {
                started.continuation.finish()
                for await _ in release.stream {}
                return !Task.isCancelled
            }
        }
        for await _ in started.stream {}
        call.cancel()
        #expect(executions.count == 1)
        release.continuation.finish()
        #expect(await call.value)
        #expect(executions.count == 0)
    }

    @Test func waitingEndsWithTheLastExecution() async {
        let executions = RunningExecutions()
        await executions.waitUntilIdle()
        let release = AsyncStream.makeStream(of: Void.self)
        let finished = Mutex(false)
        let started = AsyncStream.makeStream(of: Void.self)
        async let execution: Void = executions.run {
            started.continuation.finish()
            for await _ in release.stream {}
            finished.withLock { $0 = true }
        }
        for await _ in started.stream {}
        async let idle: Void = executions.waitUntilIdle()
        release.continuation.finish()
        _ = await (execution, idle)
        #expect(finished.withLock { $0 })
    }

    @Test func onlyExecutionsThatStillRunAreAbandoned() async {
        let executions = RunningExecutions()
        let abandoned = Mutex<[String]>([])
        await executions.run(abandoned: { abandoned.withLock { $0.append("ended") } }) {}
        let release = AsyncStream.makeStream(of: Void.self)
        let started = AsyncStream.makeStream(of: Void.self)
        async let execution: Void = executions.run(abandoned: { abandoned.withLock { $0.append("running") } }) {
            started.continuation.finish()
            for await _ in release.stream {}
        }
        for await _ in started.stream {}
        executions.abandonAll()
        #expect(abandoned.withLock { $0 } == ["running"])
        release.continuation.finish()
        await execution
    }
}
