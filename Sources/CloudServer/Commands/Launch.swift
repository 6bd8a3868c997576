import ArgumentParser
import ProcessSupport

/// Decides what a start comes to: from the command line, the environment and files to a checked configuration or an end.
///
/// Serves nothing.
struct Launch<Definition: CloudServerDefinition> {
    /// What a start comes to.
    enum Decision {
        /// The process ends now, with these texts on stdout and stderr.
        case end(ProcessSupport.ExitCode, output: String, errors: String)
        /// The process serves.
        case serve(ServerConfiguration)
    }

    let arguments: [String]
    let environment: Environment
    let readFile: FileReader

    /// - Parameters:
    ///   - arguments: Without the name of the program.
    init(arguments: [String], environment: Environment, readFile: @escaping FileReader) {
        self.arguments = arguments
        self.environment = environment
        self.readFile = readFile
    }

    func decide() -> Decision {
        let options: ServerOptions
        do { options = try ServerCommand<Definition>.parse(arguments).options } catch { return end(for: error) }
        let file: [String: String]
        do {
            file = try options.envFile.map { path throws(EnvFileError) in try EnvFile.load(path, readFile: readFile) } ?? [:]
        } catch {
            return .end(.usage, output: "", errors: "--env-file: \(error)\n")
        }
        var settings = Settings(commandLine: options.values, environment: environment, file: file)
        if options.listTools { return list(&settings, options.format ?? .text) }
        var reader = ConfigurationReader<Definition>(settings, allowsUnauthenticated: options.allowUnauthenticated, readFile: readFile)
        do { return .serve(try reader.read()) } catch {
            return .end(.usage, output: "", errors: error.lines.map { $0 + "\n" }.joined())
        }
    }

    /// Help and version are a clean end on stdout; everything else is a usage error.
    private func end(for error: any Error) -> Decision {
        let text = ServerCommand<Definition>.fullMessage(for: error) + "\n"
        return ServerCommand<Definition>.exitCode(for: error).isSuccess
            ? .end(.success, output: text, errors: "") : .end(.usage, output: "", errors: text)
    }

    private func list(_ settings: inout Settings, _ format: ServerOptions.ListFormat) -> Decision {
        let toolbox = Toolbox(
            Definition.self,
            .unconfigured,
            filter: ConfigurationReader<Definition>.readFilter(&settings),
            approvals: .unused(service: Definition.service)
        )
        let output: String
        switch format {
        case .text: output = ToolListing.text(toolbox)
        case .json: output = ToolListing.json(toolbox)
        case .markdown:
            do { output = try ToolReference(Definition.self, toolbox).text } catch {
                return .end(.failure, output: "", errors: "A tool's input schema is invalid, which is a bug: \(error)\n")
            }
        }
        return .end(.success, output: output, errors: toolbox.warnings.map { "warning: \($0)\n" }.joined())
    }
}
