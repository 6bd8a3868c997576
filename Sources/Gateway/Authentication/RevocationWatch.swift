import ProcessSupport

/// Notices when a revocation list changes, by looking at its file again and again.
///
/// Told the time and how to look, so that it can be tested without a file.
struct RevocationWatch: Sendable {
    /// What a look finds.
    enum Finding: Sendable, Hashable {
        /// The list in force is that of the file.
        case unchanged
        /// The file holds another list.
        case changed(RevocationList)
        /// The file cannot be read, or is no list: the last good one stays in force. Told once for each reason.
        case failed(String)
    }

    /// Seconds between two looks.
    static let interval = 1.0
    /// A file that was written less than so many seconds before it was read is read again: another write may have left the same stamp.
    static let unsettled = 2.0

    /// The file.
    let path: String
    private var list: RevocationList
    private var stamp: FileStamp?
    private var isSettled = false
    private var failure: String?
    /// How the looks went that read the file.
    private(set) var health: LoadHealth

    /// A watch over a file from which this list was read.
    ///
    /// - Parameter loaded: When it was read, in seconds since 1970.
    init(path: String, list: RevocationList, loaded: Double? = nil) {
        self.path = path
        self.list = list
        health = LoadHealth(loaded: loaded)
    }

    /// Whether the last look found a list.
    var isHealthy: Bool { failure == nil }

    /// Looks at the file.
    ///
    /// - Parameters:
    ///   - now: Seconds since 1970.
    ///   - stamp: The file's stamp; nil when there is no file.
    mutating func look(now: Double, stamp: (String) -> FileStamp?, readFile: FileReader) -> Finding {
        let found = stamp(path)
        if let found, found == self.stamp, isSettled { return .unchanged }
        self.stamp = found
        isSettled = found.map { now - $0.modified > Self.unsettled } ?? false
        do throws(RevocationList.Fault) {
            let next = try RevocationList.load(path, readFile: readFile)
            health.succeeded(at: now)
            let isRecovery = failure != nil
            failure = nil
            guard next != list || isRecovery else { return .unchanged }
            list = next
            return .changed(next)
        } catch {
            health.failed(at: now, error.description)
            guard failure != error.description else { return .unchanged }
            failure = error.description
            return .failed(error.description)
        }
    }
}
