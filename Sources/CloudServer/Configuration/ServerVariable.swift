/// A variable that only one of the servers reads.
package struct ServerVariable: Sendable {
    /// Its name.
    package let name: String
    /// The value when it is not set; nil = none.
    package let defaultValue: String?
    /// What it is for, for `--help`.
    package let help: String
    /// What is wrong with a value, as the end of a sentence; nil when it is good.
    ///
    /// Also asked about the default.
    package let problem: @Sendable (String) -> String?

    /// A variable.
    package init(
        _ name: String,
        default value: String? = nil,
        help: String,
        problem: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.name = name
        defaultValue = value
        self.help = help
        self.problem = problem
    }
}
