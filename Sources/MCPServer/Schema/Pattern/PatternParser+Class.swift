extension PatternParser {
    /// The class whose opening bracket was consumed.
    mutating func bracketClass() throws(PatternError) -> ScalarSet {
        var set = ScalarSet()
        let isInverted = skip("^")
        while !skip("]") {
            let (first, lower) = try classAtom()
            guard next == "-" else {
                set.formUnion(first)
                continue
            }
            _ = skip("-")
            if next == "]" {
                set.formUnion(first)
                set.insert(0x2D...0x2D)
                continue
            }
            let (_, upper) = try classAtom()
            guard let lower, let upper else { throw .invalid("a range in a class has no single character at its end") }
            guard lower.value <= upper.value else { throw .invalid("a range in a class is in the wrong order") }
            set.insert(lower.value...upper.value)
        }
        set.isInverted = isInverted
        return set
    }

    /// One part of a class, and its character if it is a single one.
    private mutating func classAtom() throws(PatternError) -> (ScalarSet, Unicode.Scalar?) {
        let scalar = try take()
        guard scalar == "\\" else { return (ScalarSet(scalar), scalar) }
        if skip("b") { return (ScalarSet("\u{8}"), "\u{8}") }
        if let single = try singleEscape(inClass: true) { return (ScalarSet(single), single) }
        return (try escape(inClass: true), nil)
    }

    /// What an escape stands for whose backslash was consumed.
    mutating func escape(inClass: Bool) throws(PatternError) -> ScalarSet {
        if let single = try singleEscape(inClass: inClass) { return ScalarSet(single) }
        let letter = try take()
        switch letter {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .word
        case "W": return ScalarSet.word.inverted
        case "s": return .space
        case "S": return ScalarSet.space.inverted
        case "p", "P": return try property(isInverted: letter == "P")
        case "1"..."9", "k": throw .unsupported("a back reference")
        default: throw .invalid("\\\(letter) is no escape")
        }
    }

    private mutating func property(isInverted: Bool) throws(PatternError) -> ScalarSet {
        guard skip("{") else { throw .invalid("a { is missing after \\p") }
        var name = ""
        while !skip("}") { name.unicodeScalars.append(try take()) }
        guard let property = ScalarSet.property(named: name, isInverted: isInverted) else { throw .unsupported("the property \(name)") }
        var set = ScalarSet()
        set.insert(property)
        return set
    }

    /// The character that an escape stands for; nil, and nothing consumed, if it stands for a set.
    private mutating func singleEscape(inClass: Bool) throws(PatternError) -> Unicode.Scalar? {
        guard let letter = next else { throw .invalid("it ends with a backslash") }
        switch letter {
        case "d", "D", "w", "W", "s", "S", "p", "P", "k", "1"..."9": return nil
        default: _ = try take()
        }
        switch letter {
        case "t": return "\t"
        case "n": return "\n"
        case "v": return "\u{B}"
        case "f": return "\u{C}"
        case "r": return "\r"
        case "0":
            if let following = next, ("0"..."9").contains(following) { throw .invalid("\\0 is followed by a digit") }
            return "\0"
        case "c":
            let control = try take()
            guard control.isASCII, Character(control).isLetter else { throw .invalid("\\c is not followed by a letter") }
            return Unicode.Scalar(UInt8(control.value % 32))
        case "x": return try scalar(try hexadecimal(2))
        case "u": return try unicodeEscape()
        case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/", "-": return letter
        default: throw .invalid("\\\(letter) is no escape")
        }
    }

    private mutating func unicodeEscape() throws(PatternError) -> Unicode.Scalar {
        if skip("{") {
            var value: UInt32 = 0
            repeat {
                value = value << 4 | (try hexadecimal(1))
                if value > 0x10FFFF { throw .invalid("\\u{…} is out of range") }
            } while !skip("}")
            return try scalar(value)
        }
        let high = try hexadecimal(4)
        guard high & 0xFC00 == 0xD800 else { return try scalar(high) }
        guard skip("\\"), skip("u") else { throw .invalid("\\u names half a character") }
        let low = try hexadecimal(4)
        guard low & 0xFC00 == 0xDC00 else { throw .invalid("\\u names half a character") }
        return try scalar(0x10000 + (high & 0x3FF) << 10 + (low & 0x3FF))
    }

    private mutating func hexadecimal(_ count: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            let digit = try take()
            guard digit.isASCII, let number = Character(digit).hexDigitValue else { throw .invalid("a hexadecimal digit is missing") }
            value = value << 4 | UInt32(number)
        }
        return value
    }

    private func scalar(_ value: UInt32) throws(PatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { throw .invalid("\\u names half a character") }
        return scalar
    }
}
