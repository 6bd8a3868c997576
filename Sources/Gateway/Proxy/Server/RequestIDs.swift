/// Makes ids for requests whose client gave none: unique, not secret.
struct RequestIDs {
    private let prefix: String
    private var counter: UInt32

    /// Ids that begin with the same random 64 bits.
    init(using generator: inout some RandomNumberGenerator) {
        let bits = UInt64.random(in: .min ... .max, using: &generator)
        prefix = Self.hexadecimal(bits, digits: 16)
        counter = 0
    }

    /// Ids that begin with random bits of the system.
    init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// The next id: 24 hexadecimal digits.
    mutating func next() -> String {
        counter &+= 1
        return prefix + Self.hexadecimal(UInt64(counter), digits: 8)
    }

    /// The number in so many lower-case digits.
    static func hexadecimal(_ number: UInt64, digits: Int) -> String {
        unsafe String(unsafeUninitializedCapacity: digits) { buffer in
            for place in 0..<digits {
                let digit = UInt8(truncatingIfNeeded: number >> UInt64((digits - 1 - place) * 4) & 15)
                unsafe buffer[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return digits
        }
    }
}
