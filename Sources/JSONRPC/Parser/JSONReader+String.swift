extension JSONReader {
    /// The string at the position, whose first byte is the quotation mark.
    mutating func string(_ bytes: Span<UInt8>) throws(JSONParseError) -> String {
        let start = position + 1
        let end = try plain(from: start, bytes)
        if bytes[end] == UInt8(ascii: "\"") {
            position = end + 1
            return Self.text(bytes, start, end)
        }
        return try escaped(from: start, to: end, bytes)
    }

    /// The member name at the position, whose first byte is the quotation mark, and its fingerprint.
    mutating func name(_ bytes: Span<UInt8>) throws(JSONParseError) -> (String, UInt64) {
        let start = position + 1
        let end = try plain(from: start, bytes)
        guard bytes[end] == UInt8(ascii: "\"") else {
            let name = try escaped(from: start, to: end, bytes)
            return (name, ExactString.fingerprint(name))
        }
        position = end + 1
        let text = bytes.extracting(start..<end)
        let fingerprint = unsafe text.withUnsafeBufferPointer { (buffer) in unsafe ExactString.fingerprint(UnsafeRawBufferPointer(buffer)) }
        return (names.name(text, fingerprint), fingerprint)
    }

    /// The rest of a string whose first escape stands at `end`.
    mutating func escaped(from start: Int, to end: Int, _ bytes: Span<UInt8>) throws(JSONParseError) -> String {
        scratch.removeAll(keepingCapacity: true)
        var run = start
        var index = end
        while true {
            append(bytes, run, index)
            if bytes[index] == UInt8(ascii: "\"") { break }
            run = try escape(at: index, bytes)
            index = try plain(from: run, bytes)
        }
        position = index + 1
        let span = scratch.span
        return Self.text(span, 0, span.count)
    }

    private mutating func append(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { (buffer) in unsafe scratch.append(contentsOf: buffer) }
    }

    /// Decodes the escape whose backslash stands at the index, and returns where it ends.
    private mutating func escape(at index: Int, _ bytes: Span<UInt8>) throws(JSONParseError) -> Int {
        guard index + 1 < bytes.count else { throw JSONParseError(.unexpectedEnd, at: bytes.count, in: bytes) }
        let letter = bytes[index + 1]
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "u"): return try unicodeEscape(at: index, bytes)
        default: throw JSONParseError(.invalidEscape, at: index, in: bytes)
        }
        return index + 2
    }

    private mutating func unicodeEscape(at index: Int, _ bytes: Span<UInt8>) throws(JSONParseError) -> Int {
        var code = try hex4(at: index + 2, escape: index, bytes)
        var end = index + 6
        if code & 0xFC00 == 0xDC00 { throw JSONParseError(.loneSurrogate, at: index, in: bytes) }
        if code & 0xFC00 == 0xD800 {
            try expect(UInt8(ascii: "\\"), at: end, escape: index, bytes)
            try expect(UInt8(ascii: "u"), at: end + 1, escape: index, bytes)
            let low = try hex4(at: end + 2, escape: end, bytes)
            guard low & 0xFC00 == 0xDC00 else { throw JSONParseError(.loneSurrogate, at: index, in: bytes) }
            code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
            end += 6
        }
        appendUTF8(code)
        return end
    }

    private func expect(_ byte: UInt8, at place: Int, escape: Int, _ bytes: Span<UInt8>) throws(JSONParseError) {
        guard place < bytes.count else { throw JSONParseError(.unexpectedEnd, at: bytes.count, in: bytes) }
        guard bytes[place] == byte else { throw JSONParseError(.loneSurrogate, at: escape, in: bytes) }
    }

    private func hex4(at start: Int, escape: Int, _ bytes: Span<UInt8>) throws(JSONParseError) -> UInt32 {
        var code: UInt32 = 0
        for index in start..<start + 4 {
            guard index < bytes.count else { throw JSONParseError(.unexpectedEnd, at: bytes.count, in: bytes) }
            let byte = bytes[index]
            let lower = byte | 0x20
            if byte &- UInt8(ascii: "0") < 10 {
                code = code << 4 | UInt32(byte &- UInt8(ascii: "0"))
            } else if lower &- UInt8(ascii: "a") < 6 {
                code = code << 4 | UInt32(lower &- UInt8(ascii: "a") + 10)
            } else {
                throw JSONParseError(.invalidEscape, at: escape, in: bytes)
            }
        }
        return code
    }

    private mutating func appendUTF8(_ code: UInt32) {
        switch code {
        case ..<0x80: scratch.append(UInt8(code))
        case ..<0x800:
            scratch.append(0xC0 | UInt8(code >> 6))
            scratch.append(0x80 | UInt8(code & 0x3F))
        case ..<0x10000:
            scratch.append(0xE0 | UInt8(code >> 12))
            scratch.append(0x80 | UInt8(code >> 6 & 0x3F))
            scratch.append(0x80 | UInt8(code & 0x3F))
        default:
            scratch.append(0xF0 | UInt8(code >> 18))
            scratch.append(0x80 | UInt8(code >> 12 & 0x3F))
            scratch.append(0x80 | UInt8(code >> 6 & 0x3F))
            scratch.append(0x80 | UInt8(code & 0x3F))
        }
    }
}
