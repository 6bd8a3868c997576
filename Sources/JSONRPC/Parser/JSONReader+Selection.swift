extension JSONReader {
    /// Exactly one value with white space round it, of which the selection is kept.
    mutating func document(_ bytes: Span<UInt8>, keeping selection: JSONSelection) throws(JSONParseError) -> JSONValue {
        try begin(bytes)
        let value = try self.value(bytes, keeping: selection)
        try end(bytes)
        return value
    }

    /// The value that begins at the position, of which the selection is kept.
    private mutating func value(_ bytes: Span<UInt8>, keeping selection: JSONSelection) throws(JSONParseError) -> JSONValue {
        guard let entries = selection.entries, position < bytes.count else { return try value(bytes) }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object(try object(bytes, keeping: entries))
        case UInt8(ascii: "["): return .array(try array(bytes, keeping: selection))
        default: return try value(bytes)
        }
    }

    private mutating func array(_ bytes: Span<UInt8>, keeping selection: JSONSelection) throws(JSONParseError) -> [JSONValue] {
        try open(bytes)
        var elements: [JSONValue] = []
        if try closes(UInt8(ascii: "]"), bytes) { return elements }
        repeat {
            elements.append(try value(bytes, keeping: selection))
        } while try continues(until: UInt8(ascii: "]"), bytes)
        return elements
    }

    /// An object of the entries' names; of a repeated one the last counts, at the place of the first.
    private mutating func object(_ bytes: Span<UInt8>, keeping entries: [JSONSelection.Entry]) throws(JSONParseError) -> JSONObject {
        try open(bytes)
        var members: [JSONObject.Member] = []
        if try closes(UInt8(ascii: "}"), bytes) { return JSONObject() }
        members.reserveCapacity(entries.count)
        var seen: UInt64 = 0
        repeat {
            guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
            guard bytes[position] == UInt8(ascii: "\"") else { throw JSONParseError(.unexpectedCharacter, at: position, in: bytes) }
            let entry = try entry(of: entries, bytes)
            skipWhitespace(bytes)
            guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
            guard bytes[position] == UInt8(ascii: ":") else { throw JSONParseError(.unexpectedCharacter, at: position, in: bytes) }
            position += 1
            skipWhitespace(bytes)
            guard let entry else {
                try skipValue(bytes)
                continue
            }
            let value = try self.value(bytes, keeping: entries[entry].selection)
            let name = entries[entry].name
            if seen & 1 << entry == 0 {
                seen |= 1 << entry
                members.append(JSONObject.Member(key: name, value: value))
            } else if let place = members.firstIndex(where: { ExactString.same($0.key, name) }) {
                members[place].value = value
            }
        } while try continues(until: UInt8(ascii: "}"), bytes)
        return JSONObject(distinct: members)
    }

    /// Steps over the name at the position and says which entry has it.
    private mutating func entry(of entries: [JSONSelection.Entry], _ bytes: Span<UInt8>) throws(JSONParseError) -> Int? {
        let start = position + 1
        let end = try plain(from: start, bytes)
        guard bytes[end] == UInt8(ascii: "\"") else {
            let name = try escaped(from: start, to: end, bytes)
            return entries.firstIndex { ExactString.same($0.name, name) }
        }
        position = end + 1
        return unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { (buffer) in
            let text = UnsafeRawBufferPointer(buffer)
            let fingerprint = unsafe ExactString.fingerprint(text)
            for index in entries.indices where entries[index].fingerprint == fingerprint {
                if unsafe ExactString.same(entries[index].name, text) { return index }
            }
            return nil
        }
    }

    /// Steps over the value at the position, checking it as if it were kept.
    private mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONParseError) {
        guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
        switch bytes[position] {
        case UInt8(ascii: "\""): try skipString(bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber(bytes)
        case UInt8(ascii: "["):
            try open(bytes)
            if try closes(UInt8(ascii: "]"), bytes) { return }
            repeat { try skipValue(bytes) } while try continues(until: UInt8(ascii: "]"), bytes)
        case UInt8(ascii: "{"):
            try open(bytes)
            if try closes(UInt8(ascii: "}"), bytes) { return }
            repeat {
                guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
                guard bytes[position] == UInt8(ascii: "\"") else { throw JSONParseError(.unexpectedCharacter, at: position, in: bytes) }
                try skipString(bytes)
                skipWhitespace(bytes)
                guard position < bytes.count else { throw JSONParseError(.unexpectedEnd, at: position, in: bytes) }
                guard bytes[position] == UInt8(ascii: ":") else { throw JSONParseError(.unexpectedCharacter, at: position, in: bytes) }
                position += 1
                skipWhitespace(bytes)
                try skipValue(bytes)
            } while try continues(until: UInt8(ascii: "}"), bytes)
        default: _ = try value(bytes)
        }
    }

    private mutating func skipString(_ bytes: Span<UInt8>) throws(JSONParseError) {
        let start = position + 1
        let end = try plain(from: start, bytes)
        if bytes[end] == UInt8(ascii: "\"") { position = end + 1 } else { _ = try escaped(from: start, to: end, bytes) }
    }
}
