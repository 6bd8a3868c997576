/// A file of `NAME=VALUE` lines, read as data and never evaluated (gateway.md §14.2).
///
/// UTF-8 with an optional byte order mark, lines end in LF or CRLF. White space round a line is ignored; empty lines and lines that start
/// with `#` are skipped; `export ` in front is dropped. In single quotes a value is literal, in double quotes `\n`, `\t`, `\"` and `\\` are
/// escapes and any other backslash stands for itself, and without quotes white space followed by `#` starts a comment. Nothing is substituted.
package enum EnvFile {
    /// The variables of the file; of repeated names the last counts.
    ///
    /// `name` is how errors call the file.
    package static func parse(_ bytes: [UInt8], name: String) throws(EnvFileError) -> [String: String] {
        var variables: [String: String] = [:]
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var number = 0
        for var line in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            do throws(Problem) {
                guard let (key, value) = try assignment(line) else { continue }
                variables[key] = value
            } catch {
                throw EnvFileError(file: name, line: number, problem: error.text)
            }
        }
        return variables
    }

    /// Reads and parses a file.
    ///
    /// A file that cannot be read is an error of line 0.
    package static func load(_ path: String, readFile: FileReader = readFile) throws(EnvFileError) -> [String: String] {
        let bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try readFile(path)
        } catch {
            throw EnvFileError(unreadable: error)
        }
        return try parse(bytes, name: path)
    }

    /// What is wrong with a line.
    private struct Problem: Error { let text: String }

    /// One line; nil when it sets nothing.
    private static func assignment(_ line: ArraySlice<UInt8>) throws(Problem) -> (String, String)? {
        var rest = trim(line)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
        guard !rest.contains(0) else { throw Problem(text: "contains a NUL character") }
        guard !rest.contains(UInt8(ascii: "\r")) else {
            throw Problem(text: "contains a carriage return that is not at the end of the line")
        }
        let export = Array("export".utf8)
        if rest.starts(with: export), rest.count > export.count, isBlank(rest[rest.startIndex + export.count]) {
            rest = trim(rest[(rest.startIndex + export.count)...])
        }
        guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else { throw Problem(text: "is not of the form NAME=VALUE") }
        let name = rest[..<equals]
        guard isName(name) else {
            throw Problem(
                text:
                    "the name before '=' must be letters, digits and underscores, must not start with a digit, and '=' must follow it directly"
            )
        }
        guard let key = String(strictUTF8: name), let value = String(strictUTF8: try value(rest[(equals + 1)...])) else {
            throw Problem(text: "is not valid UTF-8")
        }
        return (key, value)
    }

    /// What stands after the equals sign.
    private static func value(_ text: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
        let trimmed = trim(text)
        switch trimmed.first {
        case UInt8(ascii: "'"): return try singleQuoted(trimmed.dropFirst())
        case UInt8(ascii: "\""): return try doubleQuoted(trimmed.dropFirst())
        default: return Array(trim(withoutComment(text)))
        }
    }

    private static func singleQuoted(_ text: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
        guard let end = text.firstIndex(of: UInt8(ascii: "'")) else { throw Problem(text: "the single quote is not closed") }
        try requireNothing(after: text[(end + 1)...])
        return Array(text[..<end])
    }

    private static func doubleQuoted(_ text: ArraySlice<UInt8>) throws(Problem) -> [UInt8] {
        var value: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                try requireNothing(after: text[index...])
                return value
            case UInt8(ascii: "\\"):
                guard index < text.endIndex, let escaped = escapes[text[index]] else {
                    value.append(byte)
                    continue
                }
                value.append(escaped)
                index += 1
            default:
                value.append(byte)
            }
        }
        throw Problem(text: "the double quote is not closed")
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): UInt8(ascii: "\n"), UInt8(ascii: "t"): UInt8(ascii: "\t"),
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]

    /// After a closing quote only white space and a comment may follow.
    private static func requireNothing(after text: ArraySlice<UInt8>) throws(Problem) {
        guard trim(withoutComment(text)).isEmpty else { throw Problem(text: "text follows the closing quote") }
    }

    private static func withoutComment(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for index in text.indices.dropFirst() where text[index] == UInt8(ascii: "#") && isBlank(text[index - 1]) {
            return text[..<index]
        }
        return text
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return bytes.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }
}
