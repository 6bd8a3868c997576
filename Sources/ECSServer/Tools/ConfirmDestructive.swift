import CloudServer
import JSONRPC

/// What this server says about `ecs_confirm_destructive`, which CloudServer makes of the two-phase tools (ecs.md §3.4).
enum ConfirmDestructive {
    /// The texts and the results of all operations.
    static let confirmation = Confirmation(
        title: "Carry out a previewed operation",
        notes: """
            Returns the job_id for ecs_get_job_status: the operation has been accepted, not finished. Partial failure of a batch shows only in the \
            job's sub_jobs. A resize of a prepaid server may return an order_id, which may need payment.
            """,
        output: OutputSchema.object(
            [
                "job_id": Shape.textOrNull(), "action": Shape.text(),
                "order_id": Shape.text(),
            ],
            required: ["job_id"]
        )
    )
}
