import Foundation
import ProcessSupport

@testable import Gateway

/// Files in memory.
struct TestFiles: Sendable {
    var files: [String: String] = [:]

    var reader: FileReader {
        let files = files
        return { path throws(FileReadError) in
            guard let text = files[path] else { throw FileReadError(path: path, problem: .notFound) }
            return Array(text.utf8)
        }
    }

    /// A machine with these files and executables.
    func host(_ environment: [String: String] = [:], executables: Set<String> = []) -> HostContext {
        HostContext(
            environment: Environment(environment),
            readFile: reader,
            executables: ExecutableLocator(ownFolder: "/opt/gateway", path: "/usr/bin") { executables.contains($0) }
        )
    }
}
