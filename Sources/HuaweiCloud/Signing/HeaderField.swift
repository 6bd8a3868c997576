/// One header field as it stands in a request or a response.
///
/// The name keeps its letter case; names are compared without it.
package struct HeaderField: Sendable, Hashable {
    /// The name, in the letter case in which it is sent or was received.
    package var name: String
    /// The value; text outside ASCII is its UTF-8 bytes on the wire.
    package var value: String

    /// A field of this name and value.
    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Whether the name is this one, without regard to the case of ASCII letters.
    package func isNamed(_ other: String) -> Bool { ASCII.equalIgnoringCase(name.utf8, other.utf8) }
}
