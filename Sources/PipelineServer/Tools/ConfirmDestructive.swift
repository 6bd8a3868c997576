import CloudServer
import JSONRPC

/// What this server says about `pipeline_confirm_destructive`, which CloudServer makes of the two-phase tools.
enum ConfirmDestructive {
    /// The texts and the results of all operations.
    static let confirmation = Confirmation(
        title: "Carry out a previewed operation",
        notes: """
            An update is read back afterwards: `verified` false or null means that the user should look at the pipeline. CONFLICT_STALE_PREVIEW \
            means that the pipeline changed since the preview and nothing was written.
            """,
        output: OutputSchema.oneOfShapes([UpdateExecution.schema, SetPipelineStatus.schema(.disabled)])
    )
}
