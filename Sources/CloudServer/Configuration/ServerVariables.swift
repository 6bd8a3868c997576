/// The values of the variables that one server declares for itself, checked and with their defaults.
package struct ServerVariables: Sendable {
    private let values: [String: String]

    /// Values by variable.
    package init(_ values: [String: String] = [:]) { self.values = values }

    /// The value, else the declared default; nil when there is neither.
    package subscript(_ name: String) -> String? { values[name] }
}
