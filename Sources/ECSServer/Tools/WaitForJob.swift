import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_wait_for_job`: ``GetJobStatus`` that waits for the job's end.
enum WaitForJob {
    /// The name.
    static let name = "ecs_wait_for_job"

    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "Wait for a job",
            description: """
                Waits until a job ends, at most `timeout_seconds`, and returns what ecs_get_job_status returns with `finished` and \
                `next_step`. Prefer it to repeating ecs_get_job_status. finished false means that the job goes on: call this again with the \
                same job_id. It stops early when only a person can go on (PENDING_PAYMENT). Cancelling the call ends the wait, not the job.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([Parameter.jobID, BoundedWait.parameter]),
            output: schema,
            body: .immediate { arguments, context in
                let id = arguments.text(Parameter.jobID.name)
                let wait = BoundedWait(arguments, context)
                let outcome = try await wait(until: { $0.progress != .running }, describe: describe) {
                    try await client.send(ShowJobRequest(id: id))
                }
                return data(outcome.state, seconds: outcome.seconds)
            }
        )
    }

    /// The result for the job as it was seen last.
    static func data(_ job: Job, seconds: Int) -> JSONObject {
        let wait: JSONObject = [
            "finished": .bool(job.progress == .ended), "waited_seconds": .int(seconds), "next_step": .string(nextStep(job)),
        ]
        return JSONObject(distinct: wait.members + job.json.members)
    }

    /// The job's other members are those of ``GetJobStatus``; they are not listed twice.
    private static let schema = OutputSchema.object(
        [
            "finished": Shape.flag("SUCCESS or FAIL."), "waited_seconds": Shape.integer(), "next_step": Shape.text(),
            "job_id": Shape.textOrNull(), "status": Shape.textOrNull(), "sub_jobs": ["type": "array"],
        ],
        description: "And all members of ecs_get_job_status."
    )

    /// What the client is told while the wait lasts.
    private static func describe(_ job: Job) -> String {
        let status = job.status ?? "unknown"
        let ended = job.subJobs.count { Job.Progress($0.status) == .ended }
        let total = max(job.subJobsTotal ?? 0, job.subJobs.count)
        return total > 0 ? "\(status), \(ended) of \(total) sub jobs ended" : status
    }

    private static func nextStep(_ job: Job) -> String {
        let failed = job.subJobs.count { $0.status == "FAIL" }
        switch job.progress {
        case .running: return "The job goes on. Call \(name) again with the same job_id."
        case .needsPerson: return "A person must pay the order; waiting does not help."
        case .ended where job.status == "FAIL": return "The job failed: error_code and fail_reason say why, also those of sub_jobs."
        case .ended where failed > 0: return "\(failed) of the sub jobs failed although the job ended with SUCCESS: look at sub_jobs."
        case .ended: return "Done."
        }
    }
}
