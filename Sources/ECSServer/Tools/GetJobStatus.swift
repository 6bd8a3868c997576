import AuthCommon
import CloudServer
import JSONRPC

/// `ecs_get_job_status` (ecs.md §2.4).
enum GetJobStatus {
    /// The tool.
    static func tool(_ client: ECSClient) -> CloudTool {
        CloudTool(
            name: "ecs_get_job_status",
            title: "Show a job's status",
            description: """
                Shows a job that starting, stopping, rebooting, deleting or resizing servers has returned. The job has ended when `status` is SUCCESS or \
                FAIL; INIT and RUNNING mean wait (ecs_wait_for_job); PENDING_PAYMENT waits for a person to pay and never ends by itself. A job with sub jobs is a \
                batch: SUCCESS of the parent does not imply that every sub job succeeded, so look at each of `sub_jobs`. A failed job is a good \
                answer of this tool; error_code and fail_reason say why it failed.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([Parameter.jobID]),
            output: OutputSchema.object(Job.properties),
            body: .immediate { arguments, _ in try await client.send(ShowJobRequest(id: arguments.text("job_id"))).json }
        )
    }
}
