import HuaweiCloud

/// The decoded parameters of a query in the order of the wire.
struct QueryParameters: Sendable, Hashable {
    /// One parameter; without `=` the value is empty.
    struct Item: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// In the order of the wire, repeated names kept.
    let items: [Item]

    /// Reads what follows the `?` of a target.
    init(_ query: String) {
        items = query.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            return Item(name: Self.decode(name), value: Self.decode(pair.dropFirst(name.count + 1)))
        }
    }

    /// The first value under a name; nil when there is none or it is empty.
    subscript(_ name: String) -> String? {
        items.first { $0.name.utf8.elementsEqual(name.utf8) }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    private static func decode(_ bytes: Substring.UTF8View) -> String {
        PercentEncoding.decode(String(decoding: bytes, as: UTF8.self))
    }
}
