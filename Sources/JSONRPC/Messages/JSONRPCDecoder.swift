/// Reads JSON-RPC 2.0 messages from bytes, in one pass and strictly (FIXTURE §11).
public enum JSONRPCDecoder {
    /// How many messages a batch may have.
    ///
    /// Each of them costs an answer, however small it is.
    public static let maximumBatch = 1_000

    /// Reads what was received in one piece.
    ///
    /// - Throws: ``InvalidMessage`` when nothing in it can be dealt with. Bad elements of a batch are reported in their places instead.
    public static func decode(_ bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()) throws(InvalidMessage) -> JSONRPCPayload {
        let payload: Result<JSONRPCPayload, InvalidMessage>
        do throws(JSONParseError) {
            payload = try read(bytes, limits)
        } catch {
            throw InvalidMessage(error: JSONRPCError(code: .parseError, message: "Parse error: \(error)"))
        }
        return try payload.get()
    }

    /// Reads what was received in one piece; bytes that do not lie so are copied first.
    ///
    /// - Throws: ``InvalidMessage`` as for a span.
    public static func decode(
        _ bytes: some Collection<UInt8>,
        limits: JSONLimits = JSONLimits()
    ) throws(InvalidMessage) -> JSONRPCPayload {
        try withSpan(of: bytes) { (span: Span<UInt8>) throws(InvalidMessage) in try decode(span, limits: limits) }
    }

    private static func read(
        _ bytes: Span<UInt8>,
        _ limits: JSONLimits
    ) throws(JSONParseError) -> Result<JSONRPCPayload, InvalidMessage> {
        // Duplicates are noted and judged message by message: the rest of a batch is not to blame, and a syntax error goes first.
        var reader = JSONReader(limits: limits, duplicates: .lastWins)
        try reader.begin(bytes)
        if reader.position < bytes.count, bytes[reader.position] == UInt8(ascii: "[") { return try batch(&reader, bytes) }
        let json = try reader.value(bytes)
        try reader.end(bytes)
        return message(json, duplicates: reader.found).map(JSONRPCPayload.single)
    }
}
