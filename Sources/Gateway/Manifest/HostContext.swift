import ProcessSupport

/// What configuration is read from: environment, files, executables.
///
/// Injected, so that tests need none of them.
struct HostContext: Sendable {
    /// The environment.
    let environment: Environment
    /// Reads a whole file.
    let readFile: FileReader
    /// Finds executables.
    let executables: ExecutableLocator
}
