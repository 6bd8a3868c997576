/// Layered look-up of settings: command line, environment, env file; the caller gives the default (servers.md §7).
///
/// Values are trimmed; an empty one counts as not set unless the reader is told otherwise. Readers never throw: each adds what is wrong to
/// ``problems`` and returns something harmless, so that everything that is wrong can be told at once. The caller looks at
/// ``problems`` before it uses any value.
package struct Settings: Sendable {
    private let commandLine: [String: String]
    private let environment: Environment
    private let file: [String: String]

    /// Everything that is wrong, in the order in which it was found.
    package private(set) var problems: [SettingProblem] = []
    /// Every secret that was read, for the redactor.
    package private(set) var secrets: [Secret] = []

    /// Settings from these layers.
    ///
    /// `commandLine` is keyed by option, dashes included; the others by variable.
    package init(commandLine: [String: String] = [:], environment: Environment, file: [String: String] = [:]) {
        self.commandLine = commandLine
        self.environment = environment
        self.file = file
    }

    /// The setting as it was found; nil when no layer has it.
    ///
    /// With `.refused` an empty value is found too.
    package func find(_ key: SettingKey, empty: EmptyValue = .unset) -> SettingValue? {
        if let option = key.option, let value = found(commandLine[option], .commandLine, option, empty) { return value }
        return found(environment[key.variable], .environment, key.variable, empty)
            ?? found(file[key.variable], .file, key.variable, empty)
    }

    /// Adds a problem that the caller found.
    package mutating func report(_ name: String, _ message: String) {
        problems.append(SettingProblem(name: name, message: message))
    }

    /// Remembers a secret that did not come through ``secret(_:)``, the text of a key file for example.
    package mutating func remember(_ secret: Secret) {
        if !secret.isEmpty { secrets.append(secret) }
    }

    /// An environment in which the real variables win over those of the env file, for look-ups by names that are not known beforehand.
    package var variables: Environment { Environment(file.merging(environment.variables) { $1.trimmed.isEmpty ? $0 : $1 }) }

    private func found(_ raw: String?, _ origin: SettingValue.Origin, _ name: String, _ empty: EmptyValue) -> SettingValue? {
        guard let text = raw?.trimmed else { return nil }
        if text.isEmpty, case .unset = empty { return nil }
        return SettingValue(text: text, origin: origin, name: name)
    }
}

extension Settings: CustomStringConvertible, CustomReflectable {
    /// The number of problems.
    ///
    /// Values may be secrets.
    package var description: String { "settings with \(problems.count) problems" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
