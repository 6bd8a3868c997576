/// The parameter `session_id` in the query of the HTTP+SSE message path (gateway.md §9.3).
enum SessionQuery {
    /// The query with the value of `session_id` replaced and everything else untouched.
    ///
    /// Nil when the parameter is missing, empty, repeated, or spelled with percent escapes: a server might decode the name and take a value
    /// that the gateway has not checked. Nil also when `transform` gives nil.
    static func replacing(_ query: some Collection<UInt8>, with transform: ([UInt8]) -> String?) -> String? {
        guard let value = value(in: query), let replacement = transform(value) else { return nil }
        var result = ""
        result.reserveCapacity(query.count + replacement.utf8.count)
        var isFirst = true
        for parameter in query.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            if !isFirst { result.append("&") }
            isFirst = false
            if name(of: parameter) == .plain {
                result.append("session_id=")
                result.append(replacement)
            } else {
                result.append(String(decoding: parameter, as: UTF8.self))
            }
        }
        return result
    }

    /// The value as it stands in the query; nil under the conditions of ``replacing(_:with:)``.
    static func value(in query: some Collection<UInt8>) -> [UInt8]? {
        var found: [UInt8]?
        for parameter in query.split(separator: UInt8(ascii: "&")) {
            switch name(of: parameter) {
            case .other: continue
            case .disguised: return nil
            case .plain:
                guard found == nil else { return nil }
                found = Array(parameter.dropFirst(11))
            }
        }
        guard let found, !found.isEmpty else { return nil }
        return found
    }

    private enum Name { case plain, disguised, other }

    private static func name(of parameter: some Collection<UInt8>) -> Name {
        let name = parameter.prefix { $0 != UInt8(ascii: "=") }
        if name.elementsEqual("session_id".utf8) { return name.count < parameter.count ? .plain : .disguised }
        return decoded(name).elementsEqual("session_id".utf8) ? .disguised : .other
    }

    /// The name without percent escapes, without `+` for spaces, and without the white space round it that lenient servers drop.
    private static func decoded(_ name: some Collection<UInt8>) -> some Collection<UInt8> {
        var result: [UInt8] = []
        var rest = Array(name)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let high = HTTPByte.hexadecimalValue(rest[rest.startIndex]),
                let low = HTTPByte.hexadecimalValue(rest[rest.startIndex + 1])
            {
                result.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == UInt8(ascii: "+") ? HTTPByte.space : byte)
            }
        }
        return result.filter { $0 > HTTPByte.space }
    }
}
