/// Reads JSON documents by the grammar of RFC 8259, without extensions, in one pass over their bytes.
public enum JSONParser {
    /// Reads a document.
    ///
    /// - Throws: ``JSONParseError`` for everything that is not exactly one value with white space round it, or that exceeds the limits.
    public static func parse(
        _ bytes: Span<UInt8>,
        limits: JSONLimits = JSONLimits(),
        duplicates: DuplicateKeys = .rejected
    ) throws(JSONParseError) -> JSONValue {
        var reader = JSONReader(limits: limits, duplicates: duplicates)
        return try reader.document(bytes)
    }

    /// Reads a document; bytes that do not lie in one piece are copied first.
    ///
    /// - Throws: ``JSONParseError`` as for a span.
    public static func parse(
        _ bytes: some Collection<UInt8>,
        limits: JSONLimits = JSONLimits(),
        duplicates: DuplicateKeys = .rejected
    ) throws(JSONParseError) -> JSONValue {
        try withSpan(of: bytes) { (span: Span<UInt8>) throws(JSONParseError) in
            try parse(span, limits: limits, duplicates: duplicates)
        }
    }

    /// Reads a document and keeps of it what is selected; of duplicate members the last one wins.
    ///
    /// - Throws: ``JSONParseError`` as for a span, whether the place is selected or not.
    package static func parse(
        _ bytes: some Collection<UInt8>,
        keeping selection: JSONSelection,
        limits: JSONLimits = JSONLimits()
    ) throws(JSONParseError) -> JSONValue {
        try withSpan(of: bytes) { (span: Span<UInt8>) throws(JSONParseError) in
            var reader = JSONReader(limits: limits, duplicates: .lastWins)
            return try reader.document(span, keeping: selection)
        }
    }

    /// Reads a document.
    ///
    /// - Throws: ``JSONParseError`` as for a span.
    public static func parse(
        _ text: String,
        limits: JSONLimits = JSONLimits(),
        duplicates: DuplicateKeys = .rejected
    ) throws(JSONParseError) -> JSONValue {
        try parse(text.utf8, limits: limits, duplicates: duplicates)
    }
}

/// Calls the body with the bytes in one piece, which are copied only if they do not lie so already.
func withSpan<Value, Failure: Error>(
    of bytes: some Collection<UInt8>,
    _ body: (Span<UInt8>) throws(Failure) -> Value
) throws(Failure) -> Value {
    // The standard library's closure cannot throw a typed error.
    let inPlace = bytes.withContiguousStorageIfAvailable { (buffer) -> Result<Value, Failure> in
        do throws(Failure) {
            return .success(try body(unsafe buffer.span))
        } catch {
            return .failure(error)
        }
    }
    if let inPlace { return try inPlace.get() }
    return try body(Array(bytes).span)
}
