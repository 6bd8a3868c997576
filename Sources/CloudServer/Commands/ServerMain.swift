import ProcessSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The whole of a server's `main`: command line, configuration, logs, transports, signals, exit codes (servers.md §7).
package enum ServerMain {
    /// Runs the server until it ends, and then ends the process.
    package static func run<Definition: CloudServerDefinition>(_ definition: Definition.Type) async -> Never {
        BrokenPipe.ignoreSignal()
        ProcessHeap.keep(4 << 20)
        let launch = Launch<Definition>(arguments: Array(CommandLine.arguments.dropFirst()), environment: .process, readFile: readFile)
        switch launch.decide() {
        case .end(let code, let output, let errors):
            _ = Descriptor.write(Array(output.utf8), to: 1)
            _ = Descriptor.write(Array(errors.utf8), to: 2)
            exit(code.rawValue)
        case .serve(let configuration):
            exit(await ServerProcess<Definition>(configuration).run().rawValue)
        }
    }
}
