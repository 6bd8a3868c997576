import FoundationEssentials

/// The names of audit files that were put aside: the path and the number of their last record, in twelve digits.
enum AuditSiblings {
    private static let digits = 12

    /// The name for a file whose last record has that number.
    static func name(_ path: String, last: Int) -> String {
        let text = String(last)
        return "\(path).\(String(repeating: "0", count: max(digits - text.utf8.count, 0)))\(text)"
    }

    /// The file that was put aside last; nil when there is none.
    static func newest(_ path: String) -> String? {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == path.utf8.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let base = (slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path) + "."
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let numbers = names.compactMap { name -> Int? in
            guard name.utf8.starts(with: base.utf8) else { return nil }
            let number = name.utf8.dropFirst(base.utf8.count)
            guard number.count >= digits, number.allSatisfy(\.isASCIIDigit) else { return nil }
            return Int(String(Substring(number)))
        }
        return numbers.max().map { name(path, last: $0) }
    }
}
