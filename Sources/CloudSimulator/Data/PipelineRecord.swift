import JSONRPC

/// A pipeline of a data set.
struct PipelineRecord: Sendable, Hashable {
    /// What the API tells of it, member for member; project, region and account are filled in at the start.
    var detail: JSONObject
    /// The latest run.
    var lastRun: PastRun?
    /// The stage in which every further run fails.
    var failsAt: String?

    var id: String { detail["id"]?.stringValue ?? "" }

    /// The pipeline in a cloud of this configuration.
    func pipeline(_ configuration: SimulatorConfiguration, now: Timestamp) -> Pipeline {
        var detail = detail
        detail["project_id"] = .string(configuration.codeArtsProjectID)
        detail["region"] = .string(configuration.region)
        detail["domain_id"] = .string(Account.demo.domainID)
        let run = lastRun.map { $0.run(id: id, detail: detail, now: now) }
        return Pipeline(detail: detail, runs: run.map { [$0] } ?? [], runCount: lastRun?.number ?? 0, failsAt: failsAt)
    }
}

/// A run that was over, or waited for a person, before the simulator was started.
struct PastRun: Sendable, Hashable {
    var status: PipelineRun.Status
    var number: Int
    /// How long before the start it began.
    var ageSeconds: Int
    var trigger: String
    var executorName: String
    var branch: String
    var commit: String

    /// The run of a pipeline.
    func run(id: String, detail: JSONObject, now: Timestamp) -> PipelineRun {
        let started = now.adding(seconds: -Int64(ageSeconds))
        let stages = PipelineStage.stages(of: detail["definition"]?.stringValue)
        let waits = status == .paused || status == .suspended
        let source = detail["sources"]?.arrayValue?.first?["params"]
        return PipelineRun(
            id: IdentifierDigest.hex(of: "run \(number) of \(id)", count: 32),
            number: number,
            trigger: trigger,
            executorID: IdentifierDigest.hex(of: "user \(executorName)", count: 32),
            executorName: executorName,
            build: PipelineRun.Build(
                type: "branch",
                branch: branch,
                tag: nil,
                commit: commit,
                message: "Merge branch '\(branch)'",
                gitURL: source?["git_url"]?.stringValue,
                repositoryID: source?["codehub_id"]?.stringValue
            ),
            started: started,
            ended: waits ? nil : started.adding(seconds: Int64(stages.count) * 95),
            status: status,
            stages: stages.enumerated().map { number, stage in
                let isLast = number == stages.count - 1
                let began = started.adding(seconds: Int64(number) * 95)
                return PipelineRun.Stage(
                    id: stage.id,
                    name: stage.name,
                    status: isLast ? status : .completed,
                    began: began,
                    ended: waits && isLast ? nil : began.adding(seconds: 95)
                )
            }
        )
    }
}

extension PipelineRecord {
    /// The pipeline as a record of a data set.
    var record: JSONValue {
        var object: JSONObject = ["detail": .object(detail)]
        if let lastRun {
            object["last_run"] = [
                "status": .string(lastRun.status.rawValue), "number": .int(lastRun.number), "age_seconds": .int(lastRun.ageSeconds),
                "trigger_type": .string(lastRun.trigger), "executor_name": .string(lastRun.executorName), "branch": .string(lastRun.branch),
                "commit_id": .string(lastRun.commit),
            ]
        }
        object.set("fails_at", failsAt.map(JSONValue.string))
        return .object(object)
    }
}
