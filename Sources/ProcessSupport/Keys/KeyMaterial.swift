/// What a key spec led to.
package struct KeyMaterial: Sendable {
    /// The PEM blocks, at least one.
    package let blocks: [PEM.Block]
    /// The whole text.
    ///
    /// For a private key, hide it in the log sink.
    package let text: Secret
    /// The member or variable that held the key spec.
    package let name: String
    /// Where the text was found: a path, a variable, or ``name``.
    package let source: String

    /// The error for a key that can be read but not used, named like the others.
    package func unusable(_ reason: String) -> KeySpecError { KeySpecError(name: name, message: reason) }
}

/// A key that cannot be had: names the member or variable, never shows key text.
package struct KeySpecError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The member or variable that holds the key spec.
    package let name: String
    /// What is wrong.
    package let message: String

    /// An error about the key in that member or variable.
    package init(name: String, message: String) {
        self.name = name
        self.message = message
    }

    package var description: String { "\(name): \(message)" }

    /// The same as a problem of the configuration.
    package var problem: SettingProblem { SettingProblem(name: name, message: message) }
}
