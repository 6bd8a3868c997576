import FoundationEssentials
import ProcessSupport
import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Console {
    /// The console of this process.
    static func process() -> Console {
        let environment = ProcessSupport.Environment.process
        let locator = ExecutableLocator(
            ownFolder: ownFolder(),
            path: environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
            isExecutable: isExecutable
        )
        return Console(
            host: HostContext(environment: environment, readFile: readFile, executables: locator),
            now: { Date().timeIntervalSince1970 },
            readInput: { read(0, limit: $0) },
            out: { write($0, to: 1) },
            error: { write($0, to: 2) },
            capture: capture
        )
    }

    /// The longest answer of a captured command, in bytes.
    private static let captureLimit = 4 << 20

    private static func ownFolder() -> String? {
        #if os(Linux)
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
            if count > 0 { return PathText.folder(of: String(decoding: buffer[..<count], as: UTF8.self)) }
        #endif
        return CommandLine.arguments.first.flatMap { $0.contains("/") ? PathText.folder(of: $0) : nil }
    }

    @Sendable
    private static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        guard !path.utf8.contains(0), unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return unsafe access(path, X_OK) == 0
    }

    private static func read(_ descriptor: Int32, limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        let file = FileDescriptor(rawValue: descriptor)
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < limit {
            guard let count = unsafe try? chunk.withUnsafeMutableBytes({ unsafe try file.read(into: $0) }), count > 0 else { break }
            bytes += chunk[..<count]
        }
        return Array(bytes.prefix(limit))
    }

    private static func write(_ text: String, to descriptor: Int32) {
        _ = try? FileDescriptor(rawValue: descriptor).writeAll(text.utf8)
    }

    @Sendable
    private static func capture(_ executable: String, _ arguments: [String], _ environment: ProcessSupport.Environment) async -> [UInt8]? {
        var variables: [Subprocess.Environment.Key: String] = [:]
        for (name, value) in environment.variables {
            if let key = Subprocess.Environment.Key(rawValue: name) { variables[key] = value }
        }
        let result = try? await Subprocess.run(
            .path(FilePath(executable)),
            arguments: Arguments(arguments),
            environment: .custom(variables),
            output: .bytes(limit: captureLimit),
            error: .discarded
        )
        guard let result, result.terminationStatus.isSuccess else { return nil }
        return result.standardOutput
    }
}
