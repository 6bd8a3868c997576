/// One line of the question to the user: what it is about, and what is so.
package struct ConsentFact: Sendable, Hashable {
    /// What the line is about, such as `status`.
    package let label: String
    /// What is so; made fit to be shown when the question is written.
    package let text: String

    /// A line.
    package init(_ label: String, _ text: String) {
        self.label = label
        self.text = text
    }
}
