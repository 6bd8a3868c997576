import JSONRPC
import Testing

@testable import PipelineServer

/// What can be known of a run from its pipeline's latest run.
@Suite struct RunWatchTests {
    private func run(_ id: String, _ status: String = "RUNNING") -> LatestRun {
        LatestRun(json: ["pipeline_run_id": .string(id), "status": .string(status)])
    }

    @Test func withoutAnIdTheFirstRunThatIsSeenIsMeant() {
        var watch = RunWatch(id: nil)
        #expect(watch.see(run("a")) == .seen(run("a")))
        #expect(watch.id == "a")
        #expect(!watch.isOver)
        #expect(watch.see(run("a", "COMPLETED")) == .seen(run("a", "COMPLETED")))
        #expect(watch.isOver)
    }

    @Test func aNewerRunEndsTheWatchWithWhatWasSeenLast() {
        var watch = RunWatch(id: nil)
        _ = watch.see(run("a"))
        #expect(watch.see(run("b", "COMPLETED")) == .superseded(run("a")))
        #expect(watch.isOver)
    }

    @Test func aRunThatWasAskedForMayComeLateButIsGivenUpInTheEnd() {
        var watch = RunWatch(id: "new")
        #expect(watch.see(run("old", "COMPLETED")) == .another(run("old", "COMPLETED")))
        #expect(!watch.isOver)
        #expect(watch.see(run("new")) == .seen(run("new")))
        var lost = RunWatch(id: "new")
        for _ in 0..<3 {
            _ = lost.see(run("old"))
            #expect(!lost.isOver)
        }
        _ = lost.see(nil)
        #expect(lost.isOver)
    }

    @Test func aPipelineWithoutRunsIsNotWaitedFor() {
        var watch = RunWatch(id: nil)
        #expect(watch.see(nil) == .noRun)
        #expect(watch.isOver)
    }

    @Test(
        arguments: [
            ("COMPLETED", .ended), ("FAILED", .ended), ("CANCELED", .ended), ("IGNORED", .ended), ("PAUSED", .needsPerson),
            ("SUSPEND", .needsPerson), ("RUNNING", .running), ("SOMETHING_NEW", .running),
        ] as [(String, LatestRun.Progress)]
    )
    func theStatusTellsHowFarARunIs(_ status: String, _ progress: LatestRun.Progress) {
        #expect(run("a", status).progress == progress)
    }
}
