/// One field line of a head, as places in the bytes of that head.
struct HeadField: Sendable, Hashable {
    /// Where the line begins, which is also where the name begins.
    let start: UInt32
    /// Where the next line begins.
    let end: UInt32
    /// Where the name ends.
    let nameEnd: UInt32
    /// Where the value begins, without the white space round it.
    let valueStart: UInt32
    /// Where the value ends.
    let valueEnd: UInt32
    /// What the name means to a proxy, in any case and with `_` for `-`.
    let kind: FieldKind
    /// Whether the name was spelled with `_`: then it is removed where the real name would be, but it means nothing.
    let isMisspelled: Bool

    /// The place of the whole line with its CRLF.
    var line: Range<Int> { Int(start)..<Int(end) }
    /// The place of the name.
    var name: Range<Int> { Int(start)..<Int(nameEnd) }
    /// The place of the value.
    var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}
