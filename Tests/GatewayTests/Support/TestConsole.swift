import Foundation
import ProcessSupport
import Synchronization

@testable import Gateway

/// A console whose output is kept, over real files in a folder that is removed.
final class TestConsole: Sendable {
    private let texts = Mutex((out: "", error: ""))
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "gateway-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var out: String { texts.withLock { $0.out } }
    var error: String { texts.withLock { $0.error } }

    /// A path in the folder.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }

    /// The console.
    func console(
        environment: [String: String] = [:],
        input: String = "",
        executables: Set<String> = [],
        now: Double = TestToken.now,
        capture: @escaping @Sendable (String, [String]) -> String? = { _, _ in nil }
    ) -> Console {
        Console(
            host: HostContext(
                environment: Environment(environment),
                readFile: readFile,
                executables: ExecutableLocator(ownFolder: "/opt/gateway", path: "/usr/bin") { executables.contains($0) }
            ),
            now: { now },
            readInput: { Array(Array(input.utf8).prefix($0)) },
            out: { text in self.texts.withLock { $0.out += text } },
            error: { text in self.texts.withLock { $0.error += text } },
            capture: { executable, arguments, _ in capture(executable, arguments).map { Array($0.utf8) } }
        )
    }

    /// Runs a command line.
    func run(_ arguments: String..., on console: Console? = nil) async -> ExitCode { await run(arguments, on: console) }

    /// Runs a command line.
    func run(_ arguments: [String], on console: Console? = nil) async -> ExitCode {
        await CommandLineRun.run(arguments, on: console ?? self.console())
    }
}
