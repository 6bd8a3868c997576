import JSONRPC

/// A place within a schema: a JSON pointer (RFC 6901) as a URI fragment.
struct SchemaPlace: Hashable, Sendable {
    /// The pointer, beginning with `#`.
    let text: String

    /// The schema itself.
    static let root = SchemaPlace(text: "#")

    private init(text: String) { self.text = text }

    /// The place of a member or an element.
    func appending(_ token: String) -> SchemaPlace {
        var result = text + "/"
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return SchemaPlace(text: result)
    }

    /// The place that a pointer such as `/a/b~1c` reaches from here, with the value there; nil if there is nothing.
    ///
    /// - Parameter value: the value at this place.
    func follow(_ pointer: String, in value: JSONValue) -> (SchemaPlace, JSONValue)? {
        var place = self
        var value = value
        for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let token = Self.unescaped(part) else { return nil }
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(token), elements.indices.contains(index), String(index) == token else { return nil }
                value = elements[index]
            default: return nil
            }
            place = place.appending(token)
        }
        return (place, value)
    }

    private static func unescaped(_ part: Substring) -> String? {
        var result = String.UnicodeScalarView()
        var scalars = part.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                result.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": result.append("~")
            case "1": result.append("/")
            default: return nil
            }
        }
        return String(result)
    }
}

extension SchemaPlace {
    static func == (lhs: SchemaPlace, rhs: SchemaPlace) -> Bool { ExactString.same(lhs.text, rhs.text) }

    func hash(into hasher: inout Hasher) { ExactString(text).hash(into: &hasher) }
}
