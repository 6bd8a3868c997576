import AuthCommon
import CloudServer
import JSONRPC
import Synchronization

/// `pipeline_wait_for_run`: waits for the end of a run, as the latest run of its pipeline shows it.
enum WaitForRun {
    /// The name.
    static let name = "pipeline_wait_for_run"

    /// The tool.
    static func tool(_ client: PipelineClient) -> CloudTool {
        CloudTool(
            name: name,
            title: "Wait for a run",
            description: """
                Waits until a run of a pipeline ends, at most `timeout_seconds`, and returns it with `finished` and `next_step`. finished false \
                means: call this again. It stops early when a person must go on (PAUSED, SUSPEND). Only the latest run of a pipeline can be \
                seen: once a newer one has started, older runs are out of sight. Without pipeline_run_id it waits for the latest run.
                """,
            role: .fixed(.readonly),
            effect: .reads,
            input: ObjectSchema([
                Parameter.pipelineID, .string("pipeline_run_id", "From pipeline_run.", nullable: true, maxLength: 128), Parameter.projectID,
                BoundedWait.parameter,
            ]),
            output: OutputSchema.object([
                "pipeline_id": Shape.text(), "pipeline_run_id": Shape.textOrNull(), "finished": Shape.flag(),
                "status": Shape.textOrNull("Of the run; null: unknown."), "waited_seconds": Shape.integer(), "next_step": Shape.text(),
                "run": Shape.openObject("As latest_run in pipeline_list; empty: unknown."),
            ]),
            body: .immediate { arguments, context in
                let id = arguments.text(Parameter.pipelineID.name)
                let asked = arguments.string("pipeline_run_id")
                let project = try client.project(arguments.string(Parameter.projectID.name))
                let watch = Mutex(RunWatch(id: asked))
                let reader = Mutex<LatestRunReader?>(nil)
                let outcome = try await BoundedWait(arguments, context)(
                    until: { _ in watch.withLock { $0.isOver } },
                    describe: { $0.run?.status ?? "waiting for the run" },
                    look: {
                        // Made by the first look, so that the limit of the wait holds for it too.
                        var known = reader.withLock { $0 }
                        if known == nil { known = try await LatestRunReader(client, pipelineID: id, in: project) }
                        reader.withLock { $0 = known }
                        let latest = try await known?.read()
                        return watch.withLock { $0.see(latest) }
                    }
                )
                return data(outcome.state, pipelineID: id, runID: watch.withLock { $0.id }, seconds: outcome.seconds)
            }
        )
    }

    /// The result for what was seen last.
    static func data(_ state: RunWatch.State, pipelineID: String, runID: String?, seconds: Int) -> JSONObject {
        let run = state.run
        return [
            "pipeline_id": .string(pipelineID), "pipeline_run_id": .optional(runID), "finished": .bool(run?.progress == .ended),
            "status": .optional(run?.status), "waited_seconds": .int(seconds), "next_step": .string(nextStep(state)),
            "run": .object(run.map { PipelineRow.run($0.json) } ?? [:]),
        ]
    }

    private static func nextStep(_ state: RunWatch.State) -> String {
        switch state {
        case .noRun: return "The pipeline shows no run. If one was just started, call \(name) again."
        case .another(let run):
            return
                "The latest run is \(run.id ?? "another one"): this one has not come in sight yet, or has been followed by it. Call \(name) "
                + "again once if it was just started; otherwise its end cannot be learned here."
        case .superseded:
            return "A newer run has taken its place; this is what was seen of it last, and its end cannot be learned here."
        case .seen(let run):
            switch run.progress {
            case .running: return "The run goes on. Call \(name) again with the same arguments."
            case .needsPerson: return "The run waits for a person (\(run.status ?? "")); waiting does not help."
            case .ended where run.status == "COMPLETED": return "Done."
            case .ended: return "The run did not succeed: stage_status_list shows the stage, detail_url the logs."
            }
        }
    }
}
