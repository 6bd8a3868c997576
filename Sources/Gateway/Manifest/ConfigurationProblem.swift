/// One thing that is wrong with the configuration: one line for stderr.
///
/// It never contains the text of a key.
struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where: `manifest.json: services[1].name`, or the name of a variable or option.
    let place: String
    /// What is wrong and what is accepted.
    let problem: String

    /// A problem.
    init(_ place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    var description: String { "\(place): \(problem)" }
}

/// Everything that is wrong with the configuration.
struct ConfigurationProblems: Error, Sendable, Hashable {
    /// At least one.
    let problems: [ConfigurationProblem]
}
