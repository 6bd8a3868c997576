/// The head of an upstream's response, as places in its bytes.
///
/// The field lines are in the ``FieldTable`` that was parsed with it.
struct ResponseHead: Sendable, Hashable {
    /// The status code, 100…599.
    var status: Int
    /// The place of the status code and the reason phrase: `200 OK`.
    var statusText: Range<Int>
    /// How the body is framed.
    var framing: BodyFraming
    /// Whether the upstream goes on with this connection.
    var keepsAlive: Bool

    /// Whether another head follows this one.
    var isInterim: Bool { status < 200 }

    /// Parses a complete head.
    ///
    /// As strict as for requests: a response whose end is doubtful is no response.
    init(_ bytes: Span<UInt8>, _ table: inout FieldTable) throws(MalformedHead) {
        guard let feed = HTTPByte.firstIndex(of: HTTPByte.lineFeed, in: bytes, from: 0), feed >= 13 else { throw .statusLine }
        let end = feed - 1
        guard HTTPByte.isVersion1(bytes, 0), bytes[8] == HTTPByte.space else { throw .version }
        var status = 0
        for index in 9..<12 {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { throw .status }
            status = status * 10 + Int(digit)
        }
        guard 100...599 ~= status, end == 12 || bytes[12] == HTTPByte.space else { throw .status }
        statusText = 9..<end
        guard HTTPByte.isFieldValue(bytes, statusText) else { throw .controlCharacter }

        try table.parse(bytes, from: feed + 1)
        let isHTTP10 = bytes[7] == UInt8(ascii: "0")
        let framing = try table.framing(bytes)
        if isHTTP10, framing == .chunked { throw .transferEncoding }
        self.status = status
        switch status {
        case 100..<200, 204, 304: self.framing = .none
        default: self.framing = framing ?? .untilEnd
        }
        keepsAlive =
            self.framing != .untilEnd
            && (isHTTP10 ? table.connectionContains("keep-alive", bytes) : !table.connectionContains("close", bytes))
    }
}
