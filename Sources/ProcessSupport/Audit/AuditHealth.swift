/// What has become of the records of an ``AuditQueue`` so far.
package struct AuditHealth: Sendable, Hashable {
    /// Whether records reach the file.
    package let isHealthy: Bool
    /// Records that were written.
    package let written: Int
    /// Records that wait to be written.
    package let waiting: Int
    /// Records for which there was no room.
    package let lost: Int
    /// Attempts to write that failed.
    package let failedWrites: Int
    /// Why the last one of them did; stays when it works again.
    package let lastError: String?

    /// What has become of the records so far.
    package init(isHealthy: Bool, written: Int, waiting: Int, lost: Int, failedWrites: Int, lastError: String?) {
        self.isHealthy = isHealthy
        self.written = written
        self.waiting = waiting
        self.lost = lost
        self.failedWrites = failedWrites
        self.lastError = lastError
    }
}
