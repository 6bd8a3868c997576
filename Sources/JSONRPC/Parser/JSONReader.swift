/// The state of one pass over a document.
///
/// The bytes are handed to each step, since a span cannot be stored.
struct JSONReader {
    /// The member names that occurred twice, for readers that go on and complain later.
    struct Duplicates {
        /// Whether there was one.
        var exist = false

        /// Whether one of them was the id of a message.
        var concernID = false
    }

    /// The next byte.
    var position = 0

    /// How many arrays and objects are open.
    var depth = 0

    /// The depth of a message's own members: 1 in a document that is a message.
    var messageDepth = 1

    /// What was found since the reader was made or this was cleared.
    var found = Duplicates()

    /// Room for strings with escapes, kept from one to the next.
    var scratch: [UInt8] = []

    /// The names of members read so far, as far as they are kept.
    var names = NameCache()

    /// How many members the last object had, by its depth: what the next one beside it probably has.
    private var expected: [Int] = []

    let limits: JSONLimits
    let maximumDepth: Int
    let duplicates: DuplicateKeys

    init(limits: JSONLimits, duplicates: DuplicateKeys) {
        self.limits = limits
        self.duplicates = duplicates
        maximumDepth = min(limits.maximumDepth, JSONLimits.deepest)
    }

    /// Exactly one value with white space round it.
    mutating func document(_ bytes: Span<UInt8>) throws(JSONParseError) -> JSONValue {
        try begin(bytes)
        let value = try self.value(bytes)
        try end(bytes)
        return value
    }

    /// Checks the size and the beginning, and goes to the first byte of the value.
    mutating func begin(_ bytes: Span<UInt8>) throws(JSONParseError) {
        if bytes.count > limits.maximumBytes { throw JSONParseError(.tooLarge, at: max(limits.maximumBytes, 0), in: Span()) }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { throw JSONParseError(.byteOrderMark, at: 0, in: bytes) }
        skipWhitespace(bytes)
    }

    /// Checks that nothing but white space is left.
    mutating func end(_ bytes: Span<UInt8>) throws(JSONParseError) {
        skipWhitespace(bytes)
        if position < bytes.count { throw JSONParseError(.trailingContent, at: position, in: bytes) }
    }

    /// The value that begins at the position.
    mutating func value(_ bytes: Span<UInt8>) throws(JSONParseError) -> JSONValue {
        guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try string(bytes))
        case UInt8(ascii: "{"): return .object(try object(bytes))
        case UInt8(ascii: "["): return .array(try array(bytes))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number(bytes))
        case UInt8(ascii: "t"): return try literal("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try literal("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try literal("null", .null, bytes)
        default: throw JSONParseError(.unexpectedCharacter, at: position, in: bytes)
        }
    }

    mutating func array(_ bytes: Span<UInt8>) throws(JSONParseError) -> [JSONValue] {
        try open(bytes)
        var elements: [JSONValue] = []
        if try closes(UInt8(ascii: "]"), bytes) { return elements }
        repeat {
            elements.append(try value(bytes))
        } while try continues(until: UInt8(ascii: "]"), bytes)
        return elements
    }

    private mutating func object(_ bytes: Span<UInt8>) throws(JSONParseError) -> JSONObject {
        try open(bytes)
        if try closes(UInt8(ascii: "}"), bytes) { return JSONObject() }
        let level = depth
        while expected.count <= level { expected.append(0) }
        var members = DistinctMembers(expected: expected[level])
        repeat {
            guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
            guard bytes[position] == UInt8(ascii: "\"") else { throw JSONParseError(.unexpectedCharacter, at: position, in: bytes) }
            let keyOffset = position
            let (key, fingerprint) = try name(bytes)
            let earlier = members.index(of: key, fingerprint)
            if earlier != nil {
                if duplicates == .rejected { throw JSONParseError(.duplicateKey, at: keyOffset, in: bytes, key: key) }
                found.exist = true
                if depth == messageDepth, key == "id" { found.concernID = true }
            }
            skipWhitespace(bytes)
            guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
            guard bytes[position] == UInt8(ascii: ":") else { throw JSONParseError(.unexpectedCharacter, at: position, in: bytes) }
            position += 1
            skipWhitespace(bytes)
            let value = try self.value(bytes)
            if let earlier { members.replace(at: earlier, value) } else { members.append(key, fingerprint, value) }
        } while try continues(until: UInt8(ascii: "}"), bytes)
        expected[level] = members.members.count
        return JSONObject(distinct: members.members)
    }

    /// Steps over the opening bracket and the white space behind it.
    mutating func open(_ bytes: Span<UInt8>) throws(JSONParseError) {
        if depth >= maximumDepth { throw JSONParseError(.tooDeep, at: position, in: bytes) }
        depth += 1
        position += 1
        skipWhitespace(bytes)
    }

    /// Whether the container ends before its first element; steps over the bracket if so.
    mutating func closes(_ bracket: UInt8, _ bytes: Span<UInt8>) throws(JSONParseError) -> Bool {
        guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
        guard bytes[position] == bracket else { return false }
        position += 1
        depth -= 1
        return true
    }

    /// Whether another element follows; steps over the comma or the closing bracket.
    mutating func continues(until bracket: UInt8, _ bytes: Span<UInt8>) throws(JSONParseError) -> Bool {
        skipWhitespace(bytes)
        guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
        let byte = bytes[position]
        if byte == UInt8(ascii: ",") {
            position += 1
            skipWhitespace(bytes)
            return true
        }
        guard byte == bracket else { throw JSONParseError(.unexpectedCharacter, at: position, in: bytes) }
        position += 1
        depth -= 1
        return false
    }

    @inline(__always)
    mutating func skipWhitespace(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    mutating func literal(_ word: StaticString, _ value: JSONValue, _ bytes: Span<UInt8>) throws(JSONParseError) -> JSONValue {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard start + offset < bytes.count else { throw JSONParseError(.unexpectedEnd, at: bytes.count, in: bytes) }
            let expected = unsafe word.utf8Start[offset]
            guard bytes[start + offset] == expected else { throw JSONParseError(.invalidLiteral, at: start, in: bytes) }
        }
        position = start + word.utf8CodeUnitCount
        return value
    }
}
