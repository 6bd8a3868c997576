import JSONRPC

/// Where in the value an evaluation is.
struct InstancePath {
    /// One step into the value.
    enum Step {
        case member(String)
        case item(Int)
    }

    private static let longestName = 64
    private var steps: [Step] = []

    mutating func enter(_ step: Step) { steps.append(step) }

    mutating func leave() { steps.removeLast() }

    /// The path as it is shown (servers.md §2).
    var text: String {
        var text = ""
        for step in steps {
            switch step {
            case .item(let index): text += "[\(index)]"
            case .member(let name):
                if Self.isPlain(name) {
                    text += text.isEmpty ? name : ".\(name)"
                } else {
                    text += "[\(JSONValue.string(Self.shortened(name)).text())]"
                }
            }
        }
        return text
    }

    /// Names come from strangers: whatever could be taken for a part of the path, or is too long, is quoted.
    private static func isPlain(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= longestName else { return false }
        return name.utf8.allSatisfy { (byte) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "_-$@:/".utf8.contains(byte)
            }
        }
    }

    private static func shortened(_ name: String) -> String {
        let scalars = name.unicodeScalars.prefix(longestName + 1)
        guard scalars.count > longestName else { return name }
        return String(String.UnicodeScalarView(scalars.dropLast())) + "…"
    }
}
