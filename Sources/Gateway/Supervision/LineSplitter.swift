/// Cuts a stream of bytes into lines.
///
/// A line without end cannot fill the memory: it is cut.
struct LineSplitter: Sendable {
    /// The longest line, in bytes.
    static let longest = 16_384

    private var rest: [UInt8] = []
    private var skips = false

    /// Nothing has arrived yet.
    init() {}

    /// Takes bytes and gives the lines that are complete, without their ends.
    ///
    /// Empty lines are left out.
    mutating func append(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if let line = takeLine() { lines.append(line) }
                skips = false
            } else if !skips {
                rest.append(byte)
                if rest.count == Self.longest {
                    rest += Array("…".utf8)
                    if let line = takeLine() { lines.append(line) }
                    skips = true
                }
            }
        }
        return lines
    }

    /// The last line, which has no end.
    mutating func finish() -> String? { takeLine() }

    private mutating func takeLine() -> String? {
        if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        defer { rest.removeAll(keepingCapacity: true) }
        return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }
}
