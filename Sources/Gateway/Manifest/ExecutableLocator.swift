import ProcessSupport

/// Finds the executable of a managed service (gateway.md §12): beside the gateway's own, then in `PATH`; with a slash, relative to the
/// manifest's folder.
///
/// No shell is involved.
struct ExecutableLocator: Sendable {
    private let ownFolder: String?
    private let path: String
    private let isExecutable: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - ownFolder: The folder of the gateway's executable.
    ///   - path: The variable `PATH`.
    ///   - isExecutable: Whether a path names a file that can be executed.
    init(ownFolder: String?, path: String, isExecutable: @escaping @Sendable (String) -> Bool) {
        self.ownFolder = ownFolder
        self.path = path
        self.isExecutable = isExecutable
    }

    /// The path of the executable; nil when there is none.
    func find(_ name: String, manifestFolder: String) -> String? {
        let candidates: [String]
        if name.utf8.contains(UInt8(ascii: "/")) {
            candidates = [PathText.resolve(name, in: manifestFolder)]
        } else {
            let folders = path.utf8.split(separator: UInt8(ascii: ":")).map { String(Substring($0)) }
            candidates = ([ownFolder].compactMap { $0 } + folders).map { PathText.resolve(name, in: $0) }
        }
        return candidates.first(where: isExecutable)
    }
}
