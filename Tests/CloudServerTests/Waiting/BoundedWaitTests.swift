import HuaweiCloud
import JSONRPC
import ProcessSupport
import Synchronization
import TestSupport
import Testing

@testable import CloudServer

@Suite(.timeLimit(.minutes(1))) struct BoundedWaitTests {
    private let clock = TestClock()
    private let sink = NotificationSink()
    private let pauses = PauseLog()

    /// Answers in turn; the last one repeats.
    private final class Script: Sendable {
        private let state: Mutex<(answers: [Result<String, CloudError>], limits: [Duration])>
        init(_ answers: [Result<String, CloudError>]) { state = Mutex((answers, [])) }

        func look() throws -> String {
            try state.withLock { state in
                state.limits.append(CloudDeadline.current?.remaining ?? .seconds(-1))
                return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
            }
            .get()
        }

        var limits: [Duration] { state.withLock { $0.limits } }
    }

    private func wait(_ seconds: Int, _ script: Script) async throws -> BoundedWait.Outcome<String> {
        let arguments = Arguments(["timeout_seconds": .int(seconds)], schema: ObjectSchema([BoundedWait.parameter]))
        let wait = BoundedWait(arguments, .waiting(clock, sink: sink, pauses: pauses))
        return try await wait(until: { $0 == "done" }, describe: { $0 }, look: { try script.look() })
    }

    private static let passing = CloudError(code: "503", message: "busy", statusCode: 503, retryable: true)
    private static let lasting = CloudError(code: "404", message: "gone", statusCode: 404, retryable: false)

    @Test func whatIsOverIsNotWaitedFor() async throws {
        let outcome = try await wait(30, Script([.success("done")]))
        #expect(outcome.state == "done")
        #expect(outcome.seconds == 0)
        #expect(pauses.all.isEmpty)
    }

    @Test func itEndsAsSoonAsTheEndIsSeen() async throws {
        let outcome = try await wait(30, Script([.success("a"), .success("b"), .success("done")]))
        #expect(outcome.state == "done")
        #expect(outcome.seconds == 5)
        #expect(pauses.all == [.seconds(2), .seconds(3)])
    }

    @Test(
        arguments: [
            (1, [], 0), (2, [], 0), (3, [1], 1), (10, [2, 3, 3], 8), (30, [2, 3, 5, 5, 5, 5, 3], 28),
            (50, [2, 3, 5, 5, 5, 5, 5, 5, 5, 5, 3], 48),
        ] as [(Int, [Int], Int)]
    )
    func itNeverTakesLongerThanTheLimitAndKeepsTimeForTheLastLook(_ limit: Int, _ expected: [Int], _ seconds: Int) async throws {
        let script = Script([.success("going on")])
        let outcome = try await wait(limit, script)
        #expect(outcome.state == "going on")
        #expect(outcome.seconds == seconds)
        #expect(pauses.all == expected.map { .seconds($0) })
        #expect(script.limits.first == .seconds(limit))
        #expect(script.limits.allSatisfy { $0 > .zero && $0 <= .seconds(limit) })
        #expect(clock.now + (script.limits.last ?? .zero) == .seconds(limit))
    }

    @Test func progressGrowsFromLookToLook() async throws {
        _ = try await wait(10, Script([.success("INIT"), .success("RUNNING"), .success("done")]))
        #expect(sink.progress == ["0.0/10.0 INIT", "2.0/10.0 RUNNING", "5.0/10.0 done"])
    }

    @Test func aLaterFailureThatMayPassIsNoNews() async throws {
        let outcome = try await wait(30, Script([.success("a"), .failure(Self.passing), .success("done")]))
        #expect(outcome.state == "done")
        let stuck = try await wait(10, Script([.success("a"), .failure(Self.passing)]))
        #expect(stuck.state == "a")
    }

    @Test func aFailureThatDoesNotPassEndsTheWait() async {
        await #expect(throws: Self.lasting) { try await wait(30, Script([.success("a"), .failure(Self.lasting)])) }
    }

    @Test func theFirstLookMustSucceed() async {
        await #expect(throws: Self.passing) { try await wait(30, Script([.failure(Self.passing)])) }
        #expect(pauses.all.isEmpty)
    }

    @Test func cancellationEndsThePauseAtOnce() async throws {
        let script = Script([.success("going on")])
        let waiting = WaitClock(now: { .zero }, sleep: { _ in try await Task.sleep(for: .seconds(3_600)) })
        let context = ToolContext.waiting(clock, sink: sink)
        let stuck = ToolContext(
            identity: context.identity,
            callID: "call-1",
            request: context.request,
            log: .disabled,
            now: context.now,
            clock: waiting
        )
        let arguments = Arguments([:], schema: ObjectSchema([BoundedWait.parameter]))
        let task = Task {
            try await BoundedWait(arguments, stuck)(until: { $0 == "done" }, describe: { $0 }, look: { try script.look() })
        }
        while sink.progress.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(script.limits.count == 1)
    }

    @Test func theParameterIsBoundedTo50Seconds() {
        let schema = BoundedWait.parameter.schema.json
        #expect(schema["maximum"] == 50)
        #expect(schema["minimum"] == 1)
        #expect(schema["default"] == 30)
    }
}
