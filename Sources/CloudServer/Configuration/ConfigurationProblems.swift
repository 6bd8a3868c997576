package import ProcessSupport

/// Everything that is wrong with a configuration; the process prints it and exits 2.
package struct ConfigurationProblems: Error, Sendable {
    /// At least one.
    package let problems: [SettingProblem]

    /// These problems.
    package init(_ problems: [SettingProblem]) { self.problems = problems }

    /// One per line.
    package var lines: [String] { problems.map(\.description) }
}
