import ArgumentParser
import ProcessSupport

/// A command that runs on a console and says how the process ends.
protocol RunnableCommand: ParsableCommand {
    /// Runs the command.
    func run(on console: Console) async -> ProcessSupport.ExitCode
}

/// Parses a command line and runs what it names (gateway.md §3).
enum CommandLineRun {
    /// Runs the command of these arguments, the executable's name left out.
    static func run(_ arguments: [String], on console: Console) async -> ProcessSupport.ExitCode {
        do {
            var command = try GatewayCommand.parseAsRoot(arguments)
            if let runnable = command as? any RunnableCommand { return await runnable.run(on: console) }
            try command.run()
            return .success
        } catch {
            let text = GatewayCommand.fullMessage(for: error)
            if GatewayCommand.exitCode(for: error).isSuccess {
                console.out(text + "\n")
                return .success
            }
            console.error(text + "\n")
            return .usage
        }
    }
}
