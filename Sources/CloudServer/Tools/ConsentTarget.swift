/// One object that an operation touches, for the question to the user and for the audit.
package struct ConsentTarget: Sendable, Hashable {
    /// Its id.
    package let id: String
    /// Its name, if known.
    package let name: String?
    /// What the user is shown of it, such as status and addresses.
    package let facts: [ConsentFact]
    /// What is deleted with it.
    package let losses: [String]

    /// A target.
    package init(id: String, name: String?, facts: [ConsentFact] = [], losses: [String] = []) {
        self.id = id
        self.name = name
        self.facts = facts
        self.losses = losses
    }
}
