/// The field lines of one head, in their order.
///
/// Reused from head to head so that a request costs no allocation here.
struct FieldTable: Sendable {
    /// More lines than this are refused; no client of MCP sends a tenth of it.
    static let limit = 512

    /// The lines.
    private(set) var fields: [HeadField] = []
    /// How often each kind that matters for framing occurs, correctly spelled.
    private(set) var hosts = 0
    /// Whether a field names others that are to be removed (`Connection`).
    private(set) var hasConnection = false

    /// An empty table.
    init() { fields.reserveCapacity(32) }

    /// Parses the lines from `start` up to and including the empty line.
    ///
    /// All of them end with CRLF, which ``HeadScanner`` has seen to.
    mutating func parse(_ bytes: Span<UInt8>, from start: Int) throws(MalformedHead) {
        fields.removeAll(keepingCapacity: true)
        hosts = 0
        hasConnection = false
        var position = start
        while true {
            guard let feed = HTTPByte.firstIndex(of: HTTPByte.lineFeed, in: bytes, from: position) else { return }
            let end = feed - 1
            if end == position { return }
            let field = try Self.field(bytes, position, end)
            guard fields.count < Self.limit else { throw .tooManyFields }
            fields.append(field)
            if !field.isMisspelled {
                if field.kind == .host { hosts += 1 }
                if field.kind == .connection { hasConnection = true }
            }
            position = feed + 1
        }
    }

    private static func field(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(MalformedHead) -> HeadField {
        if bytes[start] == HTTPByte.space || bytes[start] == HTTPByte.tab { throw .folding }
        guard let colon = HTTPByte.firstIndex(of: HTTPByte.colon, in: bytes, from: start), colon < end else { throw .fieldName }
        // No white space before the colon: a space is no token character.
        guard HTTPByte.isToken(bytes, start..<colon) else { throw .fieldName }
        var first = colon + 1
        var last = end
        while first < last, isBlank(bytes[first]) { first += 1 }
        while last > first, isBlank(bytes[last - 1]) { last -= 1 }
        guard HTTPByte.isFieldValue(bytes, first..<last) else {
            for index in first..<last where bytes[index] == HTTPByte.carriageReturn { throw .bareCarriageReturn }
            throw .controlCharacter
        }
        let kind = FieldKind(bytes, start..<colon)
        var isMisspelled = false
        if kind != .other { for index in start..<colon where bytes[index] == UInt8(ascii: "_") { isMisspelled = true } }
        return HeadField(
            start: UInt32(truncatingIfNeeded: start),
            end: UInt32(truncatingIfNeeded: end + 2),
            nameEnd: UInt32(truncatingIfNeeded: colon),
            valueStart: UInt32(truncatingIfNeeded: first),
            valueEnd: UInt32(truncatingIfNeeded: last),
            kind: kind,
            isMisspelled: isMisspelled
        )
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == HTTPByte.space || byte == HTTPByte.tab }

    /// How the body is framed by `Content-Length` and `Transfer-Encoding`; nil when neither is there.
    ///
    /// Refused are: both together, a transfer coding other than a single `chunked`, a length that is not plain digits, several different
    /// lengths (gateway.md §10.3).
    func framing(_ bytes: Span<UInt8>) throws(MalformedHead) -> BodyFraming? {
        var length: Int?
        var isChunked = false
        for field in fields where !field.isMisspelled {
            switch field.kind {
            case .contentLength:
                let value = try Self.length(bytes, field.value)
                if let length, length != value { throw .contentLength }
                length = value
            case .transferEncoding:
                guard !isChunked, HTTPByte.equal(bytes, field.value, "chunked") else { throw .transferEncoding }
                isChunked = true
            default: break
            }
        }
        if isChunked {
            guard length == nil else { throw .lengthAndTransferEncoding }
            return .chunked
        }
        return length.map { .length($0) }
    }

    private static func length(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(MalformedHead) -> Int {
        guard !value.isEmpty else { throw .contentLength }
        var result = 0
        for index in value {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { throw .contentLength }
            let (product, tooBig) = result.multipliedReportingOverflow(by: 10)
            let (sum, stillTooBig) = product.addingReportingOverflow(Int(digit))
            result = tooBig || stillTooBig ? .max : sum
        }
        return result
    }

    /// Whether a `Connection` field contains the token.
    func connectionContains(_ token: StaticString, _ bytes: Span<UInt8>) -> Bool {
        guard hasConnection else { return false }
        var found = false
        forEachConnectionToken(bytes) { range in if HTTPByte.equal(bytes, range, token) { found = true } }
        return found
    }

    /// Whether the field is named by a `Connection` field, so that it belongs to this connection only.
    ///
    /// Any case, `_` and `-` alike.
    func isNamedByConnection(_ field: HeadField, _ bytes: Span<UInt8>) -> Bool {
        guard hasConnection else { return false }
        let name = field.name
        var found = false
        forEachConnectionToken(bytes) { range in
            guard !found, range.count == name.count else { return }
            for offset in 0..<name.count
            where HTTPByte.folded(bytes[range.lowerBound + offset]) != HTTPByte.folded(bytes[name.lowerBound + offset]) { return }
            found = true
        }
        return found
    }

    private func forEachConnectionToken(_ bytes: Span<UInt8>, _ body: (Range<Int>) -> Void) {
        for field in fields where field.kind == .connection {
            var start = field.value.lowerBound
            while start < field.value.upperBound {
                var end = start
                while end < field.value.upperBound, bytes[end] != HTTPByte.comma { end += 1 }
                var first = start
                var last = end
                while first < last, Self.isBlank(bytes[first]) { first += 1 }
                while last > first, Self.isBlank(bytes[last - 1]) { last -= 1 }
                if first < last { body(first..<last) }
                start = end + 1
            }
        }
    }
}
