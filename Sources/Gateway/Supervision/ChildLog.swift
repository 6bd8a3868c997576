import JSONRPC
import ProcessSupport

/// Turns lines of a managed server's stderr into log records with the service's name.
enum ChildLog {
    /// Logs a line at the level that it names as its second word, as our own servers' lines do; else as info.
    static func record(_ line: String, service: String, to log: EventLog) {
        log.event(level(of: line), "service-log", ["service": .string(service), "line": .string(line)])
    }

    /// The level that a line names.
    static func level(of line: String) -> LogLevel {
        let words = line.utf8.prefix(80).split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2 else { return .info }
        let word = String(decoding: words[1], as: UTF8.self)
        return LogLevel.allCases.first { $0.label == word } ?? .info
    }
}
