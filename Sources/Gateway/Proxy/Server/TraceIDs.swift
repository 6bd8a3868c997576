/// Makes traces for requests that belong to none: unique, not secret.
struct TraceIDs {
    private let high: UInt64
    private var counter: UInt64

    /// Traces whose ids begin with the same random 64 bits.
    init(using generator: inout some RandomNumberGenerator) {
        high = UInt64.random(in: 1 ... .max, using: &generator)
        counter = UInt64.random(in: .min ... .max, using: &generator)
    }

    /// Traces whose ids begin with random bits of the system.
    init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// The next trace.
    mutating func next() -> TraceContext {
        counter &+= 1
        return TraceContext(high: high, low: Self.mixed(counter), parent: max(Self.mixed(counter ^ high), 1))
    }

    /// Another number for each number, without a pattern that can be seen (SplitMix64).
    private static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = number &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
