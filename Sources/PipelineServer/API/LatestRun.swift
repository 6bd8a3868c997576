import CloudServer
import HuaweiCloud
import JSONRPC

/// The latest run of a pipeline, as the list shows it: the only place where the API tells of a run (pipeline.md §7).
struct LatestRun: Sendable, Hashable {
    /// How far a run has come.
    enum Progress: Sendable, Hashable {
        /// It goes on by itself; also what is not understood.
        case running
        /// It does not go on before a person has done something.
        case needsPerson
        /// It is over, well or not.
        case ended
    }

    /// All of it.
    let json: JSONObject

    /// The run's id.
    var id: String? { json.nonEmptyText("pipeline_run_id") }

    /// The run's status.
    var status: String? { json.nonEmptyText("status") }

    /// How far the run has come.
    var progress: Progress {
        switch status {
        case "COMPLETED", "FAILED", "CANCELED", "IGNORED": .ended
        case "PAUSED", "SUSPEND": .needsPerson
        default: .running
        }
    }
}
