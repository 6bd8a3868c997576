import ProcessSupport

/// What the user must type to consent (consent.md §2): something that no form is filled with by itself.
struct ConsentPhrase: Sendable, Hashable {
    /// What must be typed.
    let text: String

    /// The exact name of the one target, or its id if it has no name that can be typed; for several targets the action and their number.
    init(_ operation: PreparedOperation) {
        let counted = "\(operation.action) \(operation.targets.count)"
        guard operation.targets.count == 1, let target = operation.targets.first else {
            text = counted
            return
        }
        text = ConsentText.typeable(target.name) ?? ConsentText.typeable(target.id) ?? counted
    }

    /// A phrase that was asked for before.
    init(text: String) { self.text = text }

    /// Whether the user typed it, white space at both ends not counted.
    func matches(_ typed: String?) -> Bool {
        guard let typed = typed?.trimmed, !typed.isEmpty else { return false }
        return typed.isIdentical(to: text)
    }
}
