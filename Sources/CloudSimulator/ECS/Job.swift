/// An asynchronous operation on one or more servers.
struct Job: Sendable, Hashable {
    /// The state of a job or of a part of one, by the vendor's names.
    enum Status: String, Sendable, Hashable, CaseIterable {
        case initial = "INIT"
        case running = "RUNNING"
        case success = "SUCCESS"
        case failed = "FAIL"
        case pendingPayment = "PENDING_PAYMENT"

        /// Whether nothing changes any more by itself.
        var isFinal: Bool { self == .success || self == .failed || self == .pendingPayment }
    }

    let id: String
    /// For example `batchStopServer`.
    let type: String
    let accepted: Timestamp
    var parts: [JobPart]
    /// Set for jobs that end in no way by themselves: they wait for a person to pay.
    var awaitsPayment = false

    /// The state that follows from the parts: done when all parts are, failed when none of them succeeded.
    var status: Status {
        if awaitsPayment { return .pendingPayment }
        if parts.allSatisfy({ $0.status == .initial }) { return .initial }
        guard parts.allSatisfy({ $0.status.isFinal }) else { return .running }
        return parts.contains { $0.status == .success } ? .success : .failed
    }

    /// When the last part ended; nil while the job runs.
    var ended: Timestamp? {
        guard status == .success || status == .failed else { return nil }
        return parts.compactMap(\.ended).max() ?? accepted
    }

    /// Why the job failed: the first part's reason.
    var failure: JobFailure? { status == .failed ? parts.compactMap(\.failure).first : nil }
}

/// The part of a job that concerns one server.
struct JobPart: Sendable, Hashable {
    let id: String
    /// For example `stopServer`.
    let type: String
    let serverID: String
    let effect: JobEffect
    /// When it begins.
    let begins: WorkTime
    /// When it ends.
    let ends: WorkTime
    var status: Job.Status = .initial
    /// When it was seen to begin, by the wall clock.
    var began: Timestamp?
    /// When it ended, by the wall clock.
    var ended: Timestamp?
    /// Why it failed, or will fail at its end.
    var failure: JobFailure?

    /// When something happens next; nil when it is over.
    var nextEvent: WorkTime? {
        switch status {
        case .initial: begins
        case .running: ends
        case .success, .failed, .pendingPayment: nil
        }
    }
}

/// What a part of a job does to its server when it succeeds.
enum JobEffect: Sendable, Hashable {
    case start
    case stop
    case reboot(hard: Bool)
    case delete(releasesAddresses: Bool, deletesDataDisks: Bool)
    case resize(flavor: String, restarts: Bool)
    /// Nothing: the server cannot do it, or is there already, or the job is one of the data set's past.
    case none
}
