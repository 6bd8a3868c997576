/// The head of a request, as places in its bytes.
///
/// The field lines are in the ``FieldTable`` that was parsed with it.
struct RequestHead: Sendable, Hashable {
    /// The place of the method.
    var method: Range<Int>
    /// The place of the target.
    ///
    /// It begins with `/`.
    var target: Range<Int>
    /// How the body is framed.
    var framing: BodyFraming
    /// Whether the version is 1.0 instead of 1.1.
    var isHTTP10: Bool
    /// Whether the client wants to go on with this connection.
    var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool

    /// Parses a complete head (``HeadScanner/Outcome/complete(_:)``) under the rules of gateway.md §10.3.
    init(_ bytes: Span<UInt8>, _ table: inout FieldTable) throws(MalformedHead) {
        guard let feed = HTTPByte.firstIndex(of: HTTPByte.lineFeed, in: bytes, from: 0), feed > 0 else { throw .requestLine }
        let end = feed - 1
        guard let first = HTTPByte.firstIndex(of: HTTPByte.space, in: bytes, from: 0), first < end else { throw .requestLine }
        guard HTTPByte.isToken(bytes, 0..<first) else { throw .method }
        guard let second = HTTPByte.firstIndex(of: HTTPByte.space, in: bytes, from: first + 1), second < end else { throw .requestLine }
        method = 0..<first
        target = first + 1..<second
        for index in target {
            if bytes[index] == HTTPByte.carriageReturn { throw .bareCarriageReturn }
            if bytes[index] < 0x21 || bytes[index] == HTTPByte.delete { throw .controlCharacter }
        }
        guard !target.isEmpty else { throw .requestLine }
        guard target.count <= Limits.targetBytes else { throw .targetTooLong }
        let version = second + 1..<end
        guard version.count == 8, HTTPByte.isVersion1(bytes, version.lowerBound) else { throw .version }
        isHTTP10 = bytes[version.upperBound - 1] == UInt8(ascii: "0")
        guard bytes[target.lowerBound] == HTTPByte.slash else { throw .targetForm }

        try table.parse(bytes, from: feed + 1)
        let framing = try table.framing(bytes)
        // HTTP/1.0 has no chunks; who sends them there is confused about where the message ends (RFC 9112 §6.1).
        if isHTTP10, framing == .chunked { throw .transferEncoding }
        self.framing = framing == .length(0) ? .none : framing ?? .none
        guard table.hosts == 1 else { throw .host }
        // A connection of HTTP/1.0 carries one request: nobody who still speaks it would gain from more.
        keepsAlive = !isHTTP10 && !table.connectionContains("close", bytes)
        expectsContinue = false
        for field in table.fields where field.kind == .expect && !isHTTP10 && HTTPByte.equal(bytes, field.value, "100-continue") {
            expectsContinue = true
        }
    }
}

extension HTTPByte {
    /// Whether `HTTP/1.0` or `HTTP/1.1` stands there, in capitals.
    static func isVersion1(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        guard start + 8 <= bytes.count else { return false }
        return bytes[start] == UInt8(ascii: "H") && bytes[start + 1] == UInt8(ascii: "T") && bytes[start + 2] == UInt8(ascii: "T")
            && bytes[start + 3] == UInt8(ascii: "P") && bytes[start + 4] == slash && bytes[start + 5] == UInt8(ascii: "1")
            && bytes[start + 6] == UInt8(ascii: ".") && (bytes[start + 7] == UInt8(ascii: "0") || bytes[start + 7] == UInt8(ascii: "1"))
    }
}
