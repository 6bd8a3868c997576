/// The trace that a request belongs to: the header `traceparent` of W3C Trace Context.
struct TraceContext: Sendable, Hashable {
    /// The two halves of the trace id; not both are 0.
    let trace: (high: UInt64, low: UInt64)
    /// The id of the caller's span.
    let parent: UInt64
    /// Whether the gateway has made it, because the client sent none that is well formed.
    let isNew: Bool

    /// A trace that begins here.
    init(high: UInt64, low: UInt64, parent: UInt64) {
        trace = (high, low)
        self.parent = parent
        isNew = true
    }

    /// The trace of a client's header; nil when it is malformed.
    ///
    /// Of versions that are not known yet, the part that must not change is read.
    init?(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        guard value.count >= 55, let version = Self.number(bytes, value.lowerBound, 2), version != 0xFF else { return nil }
        guard version == 0 ? value.count == 55 : value.count == 55 || bytes[value.lowerBound + 55] == UInt8(ascii: "-") else { return nil }
        for place in [2, 35, 52] where bytes[value.lowerBound + place] != UInt8(ascii: "-") { return nil }
        guard let high = Self.number(bytes, value.lowerBound + 3, 16), let low = Self.number(bytes, value.lowerBound + 19, 16),
            let parent = Self.number(bytes, value.lowerBound + 36, 16), Self.number(bytes, value.lowerBound + 53, 2) != nil,
            high != 0 || low != 0, parent != 0
        else { return nil }
        trace = (high, low)
        self.parent = parent
        isNew = false
    }

    /// The trace id: 32 hexadecimal digits.
    var traceID: String { RequestIDs.hexadecimal(trace.high, digits: 16) + RequestIDs.hexadecimal(trace.low, digits: 16) }

    /// The header for the upstream: nothing here records spans, and so the trace is not marked as sampled.
    var header: String { "00-\(traceID)-\(RequestIDs.hexadecimal(parent, digits: 16))-00" }

    static func == (lhs: TraceContext, rhs: TraceContext) -> Bool {
        lhs.trace == rhs.trace && lhs.parent == rhs.parent && lhs.isNew == rhs.isNew
    }

    func hash(into hasher: inout Hasher) { hasher.combine(trace.low) }

    /// The number of so many lower-case hexadecimal digits; nil for anything else.
    private static func number(_ bytes: Span<UInt8>, _ start: Int, _ digits: Int) -> UInt64? {
        var number: UInt64 = 0
        for index in start..<start + digits {
            guard !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains(bytes[index]), let digit = HTTPByte.hexadecimalValue(bytes[index])
            else {
                return nil
            }
            number = number << 4 | UInt64(digit)
        }
        return number
    }
}
