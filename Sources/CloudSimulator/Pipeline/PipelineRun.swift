/// One run of a pipeline.
struct PipelineRun: Sendable, Hashable {
    /// The state of a run or of a stage of one, by the vendor's names.
    enum Status: String, Sendable, Hashable, CaseIterable {
        case initial = "INIT"
        case running = "RUNNING"
        case completed = "COMPLETED"
        case failed = "FAILED"
        case canceled = "CANCELED"
        case paused = "PAUSED"
        case suspended = "SUSPEND"
        case ignored = "IGNORED"
    }

    /// A stage of the run.
    struct Stage: Sendable, Hashable {
        var id: String
        var name: String
        var status: Status
        var began: Timestamp?
        var ended: Timestamp?
    }

    /// What was built.
    struct Build: Sendable, Hashable {
        /// `branch` or `tag`.
        var type: String
        var branch: String?
        var tag: String?
        var commit: String
        var message: String
        var gitURL: String?
        var repositoryID: String?
    }

    let id: String
    let number: Int
    /// For example `Manual`, `Scheduler` or `Push`.
    var trigger: String
    var executorID: String
    var executorName: String
    var build: Build
    var started: Timestamp
    var ended: Timestamp?
    var status: Status
    var stages: [Stage]
    /// When the stage that is under way ends; nil when none is.
    var nextEvent: WorkTime?
    /// The stage at whose end the run fails.
    var failsAt: String?
    /// The stages that wait for a person, by their place.
    var manualStages: Set<Int> = []

    /// How long a stage takes, in milliseconds of work.
    static let stageDuration: Int64 = 6_000

    /// Begins the first stage.
    mutating func begin(work: WorkTime, now: Timestamp) { enter(0, at: now, work: work) }

    /// Lets everything happen that is due.
    mutating func settle(clock: WorkClock, now: Timestamp) {
        let work = clock.work(at: now)
        while let time = nextEvent, time <= work { leaveStage(at: min(clock.wall(of: time), now), work: time) }
    }

    private mutating func leaveStage(at moment: Timestamp, work: WorkTime) {
        guard let index = stages.firstIndex(where: { $0.status == .running }) else {
            nextEvent = nil
            return
        }
        stages[index].ended = moment
        if stages[index].name == failsAt {
            stages[index].status = .failed
            finish(.failed, at: moment)
        } else {
            stages[index].status = .completed
            enter(index + 1, at: moment, work: work)
        }
    }

    private mutating func enter(_ index: Int, at moment: Timestamp, work: WorkTime) {
        guard index < stages.count else { return finish(.completed, at: moment) }
        stages[index].began = moment
        guard !manualStages.contains(index) else {
            stages[index].status = .paused
            status = .paused
            nextEvent = nil
            return
        }
        stages[index].status = .running
        status = .running
        nextEvent = work + Self.stageDuration
    }

    private mutating func finish(_ status: Status, at moment: Timestamp) {
        self.status = status
        ended = moment
        nextEvent = nil
    }
}
