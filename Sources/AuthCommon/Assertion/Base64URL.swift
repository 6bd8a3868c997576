import ProcessSupport

/// Base64url without padding, as JOSE writes it (RFC 7515 §2): strict, so that each sequence of bytes has one text.
package enum Base64URL {
    /// The bytes as text.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Base64.encode(bytes, .urlSafe, padding: .none)
    }

    /// The bytes that the text stands for; nil for padding, other characters, white space, or left-over bits that are not zero.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        Base64.decode(text, .urlSafe, padding: .none)
    }

    /// The bytes that the text stands for, as above.
    package static func decode(_ text: String) -> [UInt8]? { decode(Array(text.utf8)) }
}
