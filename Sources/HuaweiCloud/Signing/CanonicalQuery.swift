/// The query string that is both signed and sent (huaweicloud-http.md §1.3).
package enum CanonicalQuery {
    /// The query of these parameters: sorted by name, then by value, by code point and before encoding; `=` always present.
    package static func make(_ parameters: [(String, QueryValue)]) -> String {
        if parameters.isEmpty { return "" }
        // A list is one value when it comes to sorting: its items keep the order that suits their kind, `9` before `10`.
        var sorted: [(name: String, values: [String])] = []
        sorted.reserveCapacity(parameters.count)
        for (name, value) in parameters {
            let values = value.texts
            if !values.isEmpty { sorted.append((name, values)) }
        }
        sorted.sort { lhs, rhs in
            if lhs.name.utf8.elementsEqual(rhs.name.utf8) { return precedes(lhs.values[0], rhs.values[0]) }
            return precedes(lhs.name, rhs.name)
        }
        var output: [UInt8] = []
        for (name, values) in sorted {
            for value in values { append(name.utf8, value.utf8, to: &output) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The canonical form of a query string that arrived on the wire, without its `?`.
    ///
    /// Pieces are split at `&` and the first `=`, decoded and sorted by name; `+` is a plus, and a piece without `=` has an empty
    /// value. Empty pieces are left out. Values of one name stay in the order in which they came: whether a list was sorted by number
    /// or by text cannot be seen any more, and the sender sends what it signs.
    package static func canonical(of rawQuery: String) -> String {
        var pairs: [(name: [UInt8], value: [UInt8])] = []
        for piece in rawQuery.utf8.split(separator: UInt8(ascii: "&")) {
            let name = piece.prefix { $0 != UInt8(ascii: "=") }
            pairs.append((PercentEncoding.decoded(name), PercentEncoding.decoded(piece.dropFirst(name.count + 1))))
        }
        pairs.sort { $0.name.lexicographicallyPrecedes($1.name) }
        var output: [UInt8] = []
        for (name, value) in pairs { append(name, value, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The order by UTF-8 bytes, which is the order by code point.
    ///
    /// `String <` uses canonical equivalence.
    static func precedes(_ lhs: String, _ rhs: String) -> Bool { lhs.utf8.lexicographicallyPrecedes(rhs.utf8) }

    private static func append(_ name: some Sequence<UInt8>, _ value: some Sequence<UInt8>, to output: inout [UInt8]) {
        if !output.isEmpty { output.append(UInt8(ascii: "&")) }
        PercentEncoding.append(name, to: &output)
        output.append(UInt8(ascii: "="))
        PercentEncoding.append(value, to: &output)
    }
}
