import JSONRPC
import ProcessSupport

extension DataSetReader {
    /// A pipeline.
    mutating func pipeline(_ record: Record) -> PipelineRecord {
        allow(record, ["detail", "last_run", "fails_at"])
        guard let detail = part(record, "detail") else {
            if record.object["detail"]?.isNull ?? true { report("\(record.path).detail", "is missing") }
            return PipelineRecord(detail: [:])
        }
        let id = text(detail, "id")
        if !id.isEmpty, !Self.isIdentifier(id) { report("\(detail.path).id", "must be 1 to 64 letters, digits, _ or -") }
        _ = text(detail, "name")
        _ = optionalText(detail, "definition")
        for name in ["sources", "variables", "schedules", "triggers"] { _ = records(detail.object, name, at: detail.path) }
        _ = flag(detail, "banned")
        return PipelineRecord(
            detail: detail.object,
            lastRun: part(record, "last_run").map { pastRun($0) },
            failsAt: optionalText(record, "fails_at")
        )
    }

    private mutating func pastRun(_ record: Record) -> PastRun {
        allow(record, ["status", "number", "age_seconds", "trigger_type", "executor_name", "branch", "commit_id"])
        let status = choice(record, "status", default: PipelineRun.Status.completed)
        if status == .running || status == .initial { report("\(record.path).status", "must not be \(status.rawValue): the run is over") }
        return PastRun(
            status: status,
            number: integer(record, "number", default: 1, in: 1...1_000_000),
            ageSeconds: integer(record, "age_seconds", in: 0...315_360_000),
            trigger: optionalText(record, "trigger_type") ?? "Manual",
            executorName: optionalText(record, "executor_name") ?? "demo-admin",
            branch: optionalText(record, "branch") ?? "master",
            commit: optionalText(record, "commit_id") ?? "0000000000000000000000000000000000000000"
        )
    }

    private static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count <= 64
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }
}
