/// The name of a setting: a variable, and the option that beats it if there is one.
package struct SettingKey: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The environment variable, also looked up in the env file.
    package let variable: String
    /// The command-line option with its dashes, for example `--port`.
    package let option: String?

    /// A variable, and the option that beats it.
    package init(_ variable: String, option: String? = nil) {
        self.variable = variable
        self.option = option
    }

    package init(stringLiteral value: String) { self.init(value) }
}

/// What an empty value means (servers.md §7, gateway.md §4).
package enum EmptyValue: Sendable {
    /// As if it were not set: the next layer is asked.
    case unset
    /// A value like any other.
    case kept
    /// A problem.
    case refused
}

/// A setting as it was found.
package struct SettingValue: Sendable, Hashable {
    /// Where a value comes from.
    package enum Origin: Sendable, Hashable {
        case commandLine, environment, file
    }

    /// The trimmed text.
    package let text: String
    /// The layer that has it.
    package let origin: Origin
    /// How that layer calls it: the option or the variable.
    package let name: String
}

/// One thing that is wrong with the configuration.
///
/// It never holds the value of a secret.
package struct SettingProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The variable, option or member.
    package let name: String
    /// What is wrong and what is accepted.
    package let message: String

    /// A problem with the setting of that name.
    package init(name: String, message: String) {
        self.name = name
        self.message = message
    }

    package var description: String { "\(name): \(message)" }
}
