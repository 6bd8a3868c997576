import FoundationEssentials
import JSONRPC

/// One event on its way to the outputs: renders itself as one line, redacted.
struct LogRecord {
    let date: Date
    let level: LogLevel
    let logger: String
    let message: String
    /// The fields in their order; a null one is left out.
    let fields: JSONObject

    /// The line with its line feed.
    func line(_ format: LogFormat, timestamp: LogTimestamp, redactor: Redactor) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        switch format {
        case .text: appendText(timestamp, redactor, to: &bytes)
        case .json: appendJSON(timestamp, redactor, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func appendText(_ timestamp: LogTimestamp, _ redactor: Redactor, to bytes: inout [UInt8]) {
        timestamp.append(date, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: level.label.utf8)
        bytes.append(UInt8(ascii: " "))
        LogText.appendFieldName(redactor.redact(logger), to: &bytes)
        bytes.append(UInt8(ascii: " "))
        LogText.appendWords(redactor.redact(message), to: &bytes)
        for member in fields where !member.value.isNull {
            bytes.append(UInt8(ascii: " "))
            LogText.appendFieldName(redactor.redact(name(of: member)), to: &bytes)
            bytes.append(UInt8(ascii: "="))
            if case .string(let text) = member.value {
                LogText.appendFieldValue(redactor.redact(text, named: member.key), to: &bytes)
            } else {
                appendValue(member.value, named: member.key, redactor, to: &bytes)
            }
        }
    }

    private func appendJSON(_ timestamp: LogTimestamp, _ redactor: Redactor, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "{\"ts\":\"".utf8)
        timestamp.append(date, to: &bytes)
        bytes.append(contentsOf: "\",\"level\":\"".utf8)
        bytes.append(contentsOf: level.label.utf8)
        bytes.append(contentsOf: "\",\"logger\":".utf8)
        LogText.appendString(redactor.redact(logger), to: &bytes)
        bytes.append(contentsOf: ",\"msg\":".utf8)
        LogText.appendString(redactor.redact(message), to: &bytes)
        for member in fields where !member.value.isNull {
            bytes.append(UInt8(ascii: ","))
            LogText.appendString(redactor.redact(name(of: member)), to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            appendValue(member.value, named: member.key, redactor, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// A field never replaces `ts`, `level`, `logger` or `msg`: one of those names gets underscores behind it until it is free.
    private func name(of member: JSONObject.Member) -> String {
        switch member.key {
        case "ts", "level", "logger", "msg":
            var name = member.key + "_"
            while fields.contains(name) { name += "_" }
            return name
        default: return member.key
        }
    }

    private func appendValue(_ value: JSONValue, named name: String?, _ redactor: Redactor, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number):
            let text = redactor.redact(number.text)
            if text.isIdentical(to: number.text) {
                bytes.append(contentsOf: text.utf8)
            } else {
                LogText.appendString(text, to: &bytes)
            }
        case .string(let text): LogText.appendString(redactor.redact(text, named: name), to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                appendValue(element, named: name, redactor, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                LogText.appendString(redactor.redact(member.key), to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                appendValue(member.value, named: member.key, redactor, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}
