/// One object that an operation touches, for the question to the user and for the audit.
package struct ConsentTarget: Sendable, Hashable {
    /// Its id.
    package let id: String
    /// Its name, if known.
    package let name: String?

    /// A target.
    package init(id: String, name: String?) {
        self.id = id
        self.name = name
    }
}
