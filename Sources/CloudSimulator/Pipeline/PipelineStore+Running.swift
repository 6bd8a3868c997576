import JSONRPC

/// What `POST …/pipelines/{id}/run` asks for (`pipeline.md` §4, §7.1).
struct RunRequest: Sendable, Hashable {
    /// Empty runs every source on its default branch.
    var sources: [JSONObject]
    var stageIDs: [String]
    var jobIDs: [String]

    /// Reads a body.
    ///
    /// A source must spell out type, git type, URL and build type, as the vendor's API wants it.
    init(_ body: [UInt8]) throws(ServiceError) {
        let object = try PipelineBody.object(body)
        sources = try PipelineBody.objects(object, "sources")
        stageIDs = try PipelineBody.texts(object, "choose_stages")
        jobIDs = try PipelineBody.texts(object, "choose_jobs")
        for (index, source) in sources.enumerated() {
            let parameters = source["params"]
            let required = [
                ("type", source["type"]), ("params.git_type", parameters?["git_type"]), ("params.git_url", parameters?["git_url"]),
                ("params.build_params.build_type", parameters?["build_params"]?["build_type"]),
            ]
            for (name, value) in required where value?.stringValue?.isEmpty ?? true {
                throw PipelineError.invalidParameter("sources[\(index)].\(name) must not be empty.")
            }
        }
        for (index, variable) in try PipelineBody.objects(object, "variables").enumerated() {
            guard variable["name"]?.stringValue?.isEmpty == false, variable["value"]?.stringValue != nil else {
                throw PipelineError.invalidParameter("variables[\(index)] must have a name and a value.")
            }
        }
    }
}

extension PipelineStore {
    /// `POST …/pipelines/{id}/run`.
    mutating func run(
        _ id: String,
        _ request: RunRequest,
        account: Account,
        work: WorkTime,
        now: Timestamp,
        identifiers: inout IdentifierSource
    ) throws(ServiceError) -> ServiceAnswer {
        let index = try index(of: id, in: "runPipeline")
        let pipeline = pipelines[index]
        let activities = activities("runPipeline", on: pipeline)
        if pipeline.isBanned { throw PipelineError.banned(id).attempting(activities) }
        if let limit = pipeline.concurrencyLimit, pipeline.activeRuns >= limit {
            throw PipelineError.concurrency(limit).attempting(activities)
        }
        let stages = PipelineStage.stages(of: pipeline.detail["definition"]?.stringValue).filter { request.includes($0) }
        var run = PipelineRun(
            id: identifiers.hex32(),
            number: pipeline.runCount + 1,
            trigger: "Manual",
            executorID: account.userID,
            executorName: account.userName,
            build: Self.build(pipeline, request, commit: identifiers.hex32() + identifiers.hex32().prefix(8)),
            started: now,
            ended: nil,
            status: .running,
            stages: stages.map { PipelineRun.Stage(id: $0.id, name: $0.name, status: .initial) },
            failsAt: pipeline.failsAt,
            manualStages: Set(stages.indices.filter { stages[$0].isManual })
        )
        run.begin(work: work, now: now)
        pipelines[index].append(run)
        return ServiceAnswer(["pipeline_run_id": .string(run.id)], activities: activities)
    }

    /// What is built: the first source that is spelled out, else the first stored one on its default branch.
    private static func build(_ pipeline: Pipeline, _ request: RunRequest, commit: String) -> PipelineRun.Build {
        let stored = pipeline.sources.first?["params"]
        let asked = request.sources.first?["params"]
        let parameters = asked?["build_params"]
        let type = parameters?["build_type"]?.stringValue ?? "branch"
        let defaultBranch = stored?["default_branch"]?.stringValue
        return PipelineRun.Build(
            type: type,
            branch: type == "tag" ? nil : parameters?["target_branch"]?.stringValue ?? defaultBranch,
            tag: type == "tag" ? parameters?["tag"]?.stringValue : nil,
            commit: commit,
            message: "Simulated commit",
            gitURL: (asked ?? stored)?["git_url"]?.stringValue,
            repositoryID: (asked ?? stored)?["codehub_id"]?.stringValue
        )
    }
}

extension RunRequest {
    /// Whether a stage takes part: all do unless stages, or jobs in them, were chosen.
    ///
    /// Stages win over jobs.
    func includes(_ stage: PipelineStage) -> Bool {
        if !stageIDs.isEmpty { return stageIDs.contains(stage.id) }
        return jobIDs.isEmpty || stage.jobIDs.contains { jobIDs.contains($0) }
    }
}
