extension UInt8 {
    /// `A`–`Z`.
    package var isASCIIUppercase: Bool { self &- 0x41 < 26 }
    /// `a`–`z`.
    package var isASCIILowercase: Bool { self &- 0x61 < 26 }
    /// `0`–`9`.
    package var isASCIIDigit: Bool { self &- 0x30 < 10 }
    /// `A`–`Z`, `a`–`z`, `0`–`9`.
    package var isASCIILetterOrDigit: Bool { isASCIIDigit || (self | 0x20).isASCIILowercase }
    /// The lower-case letter for an upper-case one; every other byte unchanged.
    package var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }

    /// The value of a hexadecimal digit in either case; nil for other bytes.
    package var hexadecimalValue: UInt8? {
        if isASCIIDigit { return self - 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}
