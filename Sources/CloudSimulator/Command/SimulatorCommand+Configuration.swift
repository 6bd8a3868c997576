import HuaweiCloud
import JSONRPC
import ProcessSupport

/// Everything that is wrong with the command line, one sentence each.
struct UsageError: Error, Sendable, Hashable {
    let problems: [String]
}

extension SimulatorCommand {
    /// The options, checked.
    struct Checked: Sendable {
        var configuration: SimulatorConfiguration
        /// The address to bind.
        var host: String
        var port: Int
        var level: LogLevel
    }

    /// Checks every option.
    ///
    /// - Throws: ``UsageError`` with every problem.
    func checked() throws(UsageError) -> Checked {
        var problems: [String] = []
        for (name, value) in [("--access-key", accessKey), ("--secret-key", secretKey), ("--region", region)] where !Self.isWord(value) {
            problems.append("\(name) must be a text without spaces")
        }
        for (name, value) in [("--project-id", projectID), ("--codearts-project-id", codeArtsProjectID)] where !Self.isIdentifier(value) {
            problems.append("\(name) must be 1 to 64 letters, digits, _ or -")
        }
        if let securityToken, !Self.isWord(securityToken) { problems.append("--security-token must be a text without spaces") }
        if !(speed >= 0 && speed <= 1_000_000) { problems.append("--speed must be a number from 0 to 1000000") }
        let level = LogLevel(word: logLevel)
        if level == nil { problems.append("--log-level must be one of \(LogLevel.allCases.map(\.rawValue).joined(separator: ", "))") }
        var bindHost: String?
        do throws(ListenAddress.Failure) {
            let parsed = try ListenAddress(host, port: port)
            bindHost = parsed.isLoopback ? parsed.bindHost : nil
            if bindHost == nil {
                problems.append("--host must be 127.0.0.1, ::1 or localhost: the control endpoints need no credentials")
            }
        } catch {
            problems.append("--host and --port: \(error)")
        }
        guard problems.isEmpty, let bindHost, let level else { throw UsageError(problems: problems) }
        let configuration = SimulatorConfiguration(
            region: region,
            projectID: projectID,
            codeArtsProjectID: codeArtsProjectID,
            credentials: Credentials(
                accessKeyID: Secret(accessKey),
                secretAccessKey: Secret(secretKey),
                securityToken: securityToken.map { Secret($0) }
            ),
            speed: speed
        )
        return Checked(configuration: configuration, host: bindHost, port: port, level: level)
    }

    /// The data to begin with: the built-in data, or what the file puts in its place.
    ///
    /// - Throws: ``UsageError`` with every problem of the file.
    func dataSet(readFile: (String) throws(FileReadError) -> [UInt8]) throws(UsageError) -> DataSet {
        let builtIn = DataSet.builtIn(region: region)
        guard let data else { return builtIn }
        let bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try readFile(data)
        } catch {
            throw UsageError(problems: ["--data: \(error)"])
        }
        do throws(DataSetError) {
            return try DataSet(bytes, base: builtIn)
        } catch {
            let shown = error.problems.prefix(20).map { "--data: \(data): \($0)" }
            let more = error.problems.count - shown.count
            throw UsageError(problems: shown + (more > 0 ? ["--data: \(data): \(more) more problems"] : []))
        }
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }
}
