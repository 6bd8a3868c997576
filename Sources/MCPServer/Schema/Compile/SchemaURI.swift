/// A URI reference (RFC 3986), only as far as identifiers of schemas are resolved against each other.
struct SchemaURI: Hashable, Sendable {
    private var scheme: Substring?
    private var authority: Substring?
    private var path: String
    private var query: Substring?

    /// The part behind `#`, percent-decoded; nil if there is none.
    private(set) var fragment: String?

    /// Takes a reference apart; nil when the fragment is badly encoded.
    init?(_ text: String) {
        var rest = text[...]
        if let mark = rest.firstIndex(of: "#") {
            guard let decoded = Self.percentDecoded(rest[rest.index(after: mark)...]) else { return nil }
            fragment = decoded
            rest = rest[..<mark]
        }
        if let mark = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        }
        if let colon = rest.firstIndex(of: ":"), colon != rest.startIndex, !rest[..<colon].contains("/") {
            scheme = rest[..<colon]
            rest = rest[rest.index(after: colon)...]
        }
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            authority = rest[..<slash]
            rest = rest[slash...]
        }
        path = String(rest)
    }

    /// Whether there is nothing but perhaps a fragment.
    var isSameDocument: Bool { scheme == nil && authority == nil && path.isEmpty && query == nil }

    /// The URI without its fragment.
    var document: SchemaURI {
        var copy = self
        copy.fragment = nil
        return copy
    }

    /// What a reference means within a document of this URI (RFC 3986 §5.2).
    func resolve(_ reference: SchemaURI) -> SchemaURI {
        var result = reference
        if reference.scheme != nil { return result }
        result.scheme = scheme
        if reference.authority != nil { return result }
        result.authority = authority
        if reference.path.isEmpty {
            result.path = path
            if reference.query == nil { result.query = query }
        } else if !reference.path.hasPrefix("/") {
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? (authority == nil ? "" : "/")
            result.path = Self.withoutDots(folder + reference.path)
        } else {
            result.path = Self.withoutDots(reference.path)
        }
        return result
    }

    private static func withoutDots(_ path: String) -> String {
        var segments: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            switch part {
            case ".": if isLast { segments.append("") }
            case "..":
                if segments.count > 1 { segments.removeLast() }
                if isLast { segments.append("") }
            default: segments.append(part)
            }
        }
        return segments.joined(separator: "/")
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) }
}
