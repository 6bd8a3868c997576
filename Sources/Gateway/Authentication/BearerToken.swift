/// Finds the token of a request (gateway.md §7.1).
enum BearerToken {
    /// Why there is none.
    enum Fault: Error, Sendable, Hashable {
        /// More than one Authorization header: 400.
        case malformed
        /// No header, another scheme, or nothing behind the scheme: 401.
        case missing
    }

    /// The token in the Authorization headers: the scheme `Bearer` in any case, white space, the token.
    static func extract(_ values: [String]) throws(Fault) -> Substring.UTF8View {
        if values.count > 1 { throw .malformed }
        guard let value = values.first else { throw .missing }
        let trimmed = Substring(value).utf8.drop(while: isBlank)
        let scheme = trimmed.prefix { !isBlank($0) }
        let token = trimmed.dropFirst(scheme.count).drop(while: isBlank)
        guard scheme.count == 6, zip(scheme, "bearer".utf8).allSatisfy({ $0 | 0x20 == $1 }) else { throw .missing }
        guard let last = token.lastIndex(where: { !isBlank($0) }) else { throw .missing }
        return token[...last]
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
