import ProcessSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `mcp-gateway`.
@main
enum GatewayMain {
    static func main() async {
        BrokenPipe.ignoreSignal()
        let code = await CommandLineRun.run(Array(CommandLine.arguments.dropFirst()), on: .process())
        exit(code.rawValue)
    }
}
