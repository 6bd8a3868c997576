import ProcessSupport
import SystemPackage

/// Why a key file cannot be written.
struct KeyFileFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Writes key files: never over an existing one unless told so, and never readable by others for a moment.
struct KeyFiles: Sendable {
    /// Who may read a file.
    enum Access: Sendable {
        case owner, everyone

        var permissions: FilePermissions { self == .owner ? [.ownerReadWrite] : [.ownerReadWrite, .groupRead, .otherRead] }
    }

    /// Whether existing files are replaced.
    let replaceExisting: Bool

    /// Fails when one of the files is there already, so that not half of a pair is written.
    func check(_ paths: String...) throws(KeyFileFailure) {
        if replaceExisting { return }
        for path in paths where exists(path) { throw existing(path) }
    }

    /// Writes a file that has the right permissions from its creation.
    ///
    /// With ``replaceExisting`` the old one is replaced in one step.
    func write(_ text: String, to path: String, access: Access) throws(KeyFileFailure) {
        let target = replaceExisting ? "\(path).\(UInt64.random(in: .min ... .max)).new" : path
        do {
            let file = try FileDescriptor.open(
                FilePath(target),
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: access.permissions
            )
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
            if replaceExisting { try rename(target, path) }
        } catch let error as Errno {
            if replaceExisting { remove(target) }
            throw failure(error, path)
        } catch {
            throw KeyFileFailure("\(path): \(error)")
        }
    }

    private func failure(_ error: Errno, _ path: String) -> KeyFileFailure {
        switch error {
        case .fileExists: existing(path)
        case .noSuchFileOrDirectory: KeyFileFailure("\(path): the folder \(PathText.folder(of: path)) does not exist")
        default: KeyFileFailure("\(path): \(error)")
        }
    }

    private func existing(_ path: String) -> KeyFileFailure {
        KeyFileFailure("\(path) already exists; give --force to overwrite it")
    }
}
