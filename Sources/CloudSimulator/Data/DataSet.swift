/// What a simulated cloud begins with.
struct DataSet: Sendable, Hashable {
    var flavors: [Flavor]
    var servers: [Server]
    /// Jobs that ended before the simulator was started.
    var jobs: [PastJob]
    var pipelines: [PipelineRecord]
    /// What the audit trail already holds.
    var traces: [TraceRecord]
}

/// A job that was over before the simulator was started, or waits for somebody to pay.
struct PastJob: Sendable, Hashable {
    var id: String
    /// For example `startServer`.
    var type: String
    var serverIDs: [String]
    /// A final state.
    var status: Job.Status
    /// How long before the start it was accepted.
    var ageSeconds: Int
    /// Why it failed.
    var failure: JobFailure?

    /// The job as ECS remembers it.
    func job(now: Timestamp) -> Job {
        let accepted = now.adding(seconds: -Int64(ageSeconds))
        let parts = serverIDs.enumerated().map { number, serverID in
            JobPart(
                id: IdentifierDigest.hex(of: "part \(number) of \(id)", count: 32),
                type: type,
                serverID: serverID,
                effect: .none,
                begins: WorkTime(milliseconds: 0),
                ends: WorkTime(milliseconds: 0),
                status: status,
                began: status == .pendingPayment ? nil : accepted.adding(seconds: 1),
                ended: status == .pendingPayment ? nil : accepted.adding(seconds: 17),
                failure: failure
            )
        }
        return Job(id: id, type: type, accepted: accepted, parts: parts, awaitsPayment: status == .pendingPayment)
    }
}
