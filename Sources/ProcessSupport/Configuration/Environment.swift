import FoundationEssentials

/// Environment variables as a value.
///
/// Libraries take one; only executables read the real one.
package struct Environment: Sendable, Hashable {
    /// All variables by name.
    package let variables: [String: String]

    /// An environment of these variables.
    package init(_ variables: [String: String] = [:]) { self.variables = variables }

    /// The environment of this process at the time of the call.
    package static var process: Environment { Environment(ProcessInfo.processInfo.environment) }

    /// The value exactly as it was set; nil when the variable is not set.
    package subscript(_ name: String) -> String? { variables[name] }
}

extension Environment: CustomStringConvertible, CustomReflectable {
    /// The number of variables.
    ///
    /// Values may be secrets.
    package var description: String { "\(variables.count) variables" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
