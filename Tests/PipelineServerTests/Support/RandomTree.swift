import JSONRPC

/// Random JSON, reproducible by its seed: odd names, repeated shapes, numbers in every spelling.
struct RandomTree {
    /// SplitMix64.
    private var state: UInt64

    init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// White space that means nothing.
    mutating func space() -> String { pick(["", "", "", " ", "\n\t", "  ", "\r\n"]) }

    /// A string as JSON text, escaped in one of several ways.
    mutating func string() -> String {
        pick([
            #""""#, #""a""#, #""task""#, #""pre""#, #""stages""#, #""é""#, #""\u00e9""#, #""e\u0301""#, #""\\\"""#, #""a\/b""#,
            #""{\"task\":1}""#, #""]}""#, #""\ud83d\ude00""#, #""***""#, #""\u0000\n""#, #""default_branch""#,
        ])
    }

    /// A value as JSON text.
    mutating func value(_ depth: Int = 4) -> String {
        switch below(depth > 0 ? 8 : 5) {
        case 0: return pick(["null", "true", "false"])
        case 1: return pick(["0", "-0", "1.0", "1e2", "12345678901234567890.123450", "-1E-7", "0.10"])
        case 2, 3, 4: return string()
        case 5, 6: return object(members(depth - 1))
        default:
            let elements = (0..<below(4)).map { _ in space() + value(depth - 1) + space() }
            return "[" + space() + elements.joined(separator: ",") + "]"
        }
    }

    /// Some members with distinct names as `"name" : value` texts.
    mutating func members(_ depth: Int) -> [String] {
        (0..<below(4)).map { index in "\"m\(index)\(pick(["", "é", "_x"]))\"" + space() + ":" + space() + value(depth) }
    }

    /// An object of these members in a random order.
    mutating func object(_ members: [String]) -> String {
        var members = members
        var shuffled: [String] = []
        while !members.isEmpty { shuffled.append(space() + members.remove(at: below(members.count)) + space()) }
        return "{" + space() + shuffled.joined(separator: ",") + "}"
    }

    /// An array of these elements in their order.
    mutating func array(_ elements: [String]) -> String {
        var spaced: [String] = []
        for element in elements { spaced.append(space() + element + space()) }
        return "[" + space() + spaced.joined(separator: ",") + "]"
    }
}
