/// Finds the mount of a path: the longest one that equals the path or is followed by `/` in it, whatever the manifest's order (gateway.md §8.2).
struct MountTable: Sendable {
    /// A mount and what of the path follows it: empty, or beginning with `/`.
    struct Match: Sendable {
        let mount: Mount
        let rest: Substring
    }

    private let byLength: [Mount]

    /// A table of these mounts.
    init(_ mounts: [Mount]) { byLength = mounts.sorted { $0.path.utf8.count > $1.path.utf8.count } }

    /// The mount that a canonical path lies under.
    func match(_ path: String) -> Match? {
        for mount in byLength where path.utf8.starts(with: mount.path.utf8) {
            let end = path.utf8.index(path.utf8.startIndex, offsetBy: mount.path.utf8.count)
            if end == path.utf8.endIndex || path.utf8[end] == UInt8(ascii: "/") { return Match(mount: mount, rest: path[end...]) }
        }
        return nil
    }
}
